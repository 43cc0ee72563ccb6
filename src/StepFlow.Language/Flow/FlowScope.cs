namespace StepFlow.Language.Flow;

/// <summary>The inputs of the analysis of one state. Findings are only reported when the shapes are final.</summary>
/// <param name="Findings">Where warnings go; null while shapes are still being worked out.</param>
internal sealed record FlowScope(DiagnosticBag? Findings)
{
    /// <summary>Reports a path or expression that never selects anything.</summary>
    public void NothingThere(string text, string location) =>
        Findings?.Warning(DiagnosticCodes.DataNeverThere, DiagnosticMessages.DataNeverThere(text), location);
}

using StepFlow.Language.Diagnostics;

namespace StepFlow.Language.Flow;

/// <summary>What the analysis of one state needs beside the state; findings are only noted once the shapes are final.</summary>
/// <param name="Findings">Where warnings go; null while shapes are still being worked out.</param>
internal sealed record FlowScope(DiagnosticBag? Findings)
{
    /// <summary>Notes a path or expression that selects nothing whatever happens.</summary>
    public void NothingThere(string text, string location) =>
        Findings?.Warning(DiagnosticCodes.DataNeverThere, DiagnosticMessages.DataNeverThere(text), location);
}

namespace StepFlow.Language.Diagnostics;

/// <summary>One finding about a definition (API type <c>ValidateStateMachineDefinitionDiagnostic</c>).</summary>
/// <param name="Severity">Whether the definition is refused.</param>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Message">The text, as Step Functions words it.</param>
/// <param name="Location">
/// The location in Step Functions' notation: <c>/States/X/Choices[0]/Next</c>, <c>/</c> for the definition itself; null if
/// the finding has no location.
/// </param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Code, string Message, string? Location)
{
    /// <summary>Whether the definition is refused because of it.</summary>
    public bool IsError => Severity == DiagnosticSeverity.Error;

    /// <summary>The diagnostic in one line, in the words of <c>CreateStateMachine</c>. A missing location is the word null.</summary>
    public override string ToString() => $"{Code}: {Message} at {Location ?? "null"}";
}

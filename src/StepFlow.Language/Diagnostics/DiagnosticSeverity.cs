namespace StepFlow.Language.Diagnostics;

/// <summary>How bad a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Probably an error of the author, but the definition can be used.</summary>
    Warning,

    /// <summary>The definition is refused.</summary>
    Error,
}

namespace StepFlow.Language.Definition;

/// <summary>A Fail state as written (Amazon States Language, "Fail State").</summary>
public sealed class FailState(string name, FieldReader reader, QueryLanguage machineLanguage) : State(name, reader, machineLanguage)
{
    /// <summary><c>Error</c>: a name, or a JSONata expression.</summary>
    public string? Error { get; } = reader.Text("Error");

    /// <summary><c>ErrorPath</c>: a reference path or an intrinsic function.</summary>
    public string? ErrorPath { get; } = reader.Text("ErrorPath");

    /// <summary><c>Cause</c>: a text, or a JSONata expression.</summary>
    public string? Cause { get; } = reader.Text("Cause");

    /// <summary><c>CausePath</c>: a reference path or an intrinsic function.</summary>
    public string? CausePath { get; } = reader.Text("CausePath");
}

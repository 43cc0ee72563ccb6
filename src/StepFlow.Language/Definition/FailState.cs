namespace StepFlow.Language.Definition;

/// <summary>A Fail state as written (Amazon States Language, "Fail State").</summary>
public sealed record FailState : State
{
    /// <summary><c>Error</c>: a name, or a JSONata expression.</summary>
    public string? Error { get; init; }

    /// <summary><c>ErrorPath</c>: a reference path or an intrinsic function.</summary>
    public string? ErrorPath { get; init; }

    /// <summary><c>Cause</c>: a text, or a JSONata expression.</summary>
    public string? Cause { get; init; }

    /// <summary><c>CausePath</c>: a reference path or an intrinsic function.</summary>
    public string? CausePath { get; init; }
}

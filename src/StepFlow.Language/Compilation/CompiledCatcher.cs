namespace StepFlow.Language.Compilation;

/// <summary>One catcher (Amazon States Language, "Fallback states").</summary>
public sealed class CompiledCatcher
{
    /// <summary>The error names it applies to.</summary>
    public required IReadOnlyList<string> ErrorEquals { get; init; }

    /// <summary>
    /// How the error output leaves the state: <c>ResultPath</c> or <c>Output</c>, and the catcher's Assign.
    /// <see cref="StateData.Complete"/> takes the error output, an object with <c>Error</c> and <c>Cause</c>, as the result.
    /// </summary>
    public required StateData Data { get; init; }

    /// <summary>Where to go.</summary>
    public CompiledState Next { get; internal set; } = null!;
}

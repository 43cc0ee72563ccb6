namespace StepFlow.Language.Definition;

/// <summary>One retrier as written (Amazon States Language, "Retrying after error").</summary>
public sealed class Retrier(FieldReader reader) : DefinitionNode(reader)
{
    public IReadOnlyList<string> ErrorEquals { get; } = reader.Texts("ErrorEquals");

    /// <summary><c>IntervalSeconds</c>: from 1; default 1.</summary>
    public JsonNumber? IntervalSeconds { get; } = reader.Number("IntervalSeconds");

    /// <summary><c>MaxAttempts</c>: from 0; default 3.</summary>
    public JsonNumber? MaxAttempts { get; } = reader.Number("MaxAttempts");

    /// <summary><c>BackoffRate</c>: from 1.0; default 2.0.</summary>
    public JsonNumber? BackoffRate { get; } = reader.Number("BackoffRate");

    /// <summary><c>MaxDelaySeconds</c>: more than <see cref="IntervalSeconds"/>; default none.</summary>
    public JsonNumber? MaxDelaySeconds { get; } = reader.Number("MaxDelaySeconds");

    /// <summary><c>JitterStrategy</c>: <c>NONE</c>, the default, or <c>FULL</c>.</summary>
    public string? JitterStrategy { get; } = reader.Text("JitterStrategy");
}

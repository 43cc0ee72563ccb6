using StepFlow.Language.Evaluation;

namespace StepFlow.Local.MemoryRuns;

/// <summary>What an expression that is tried out sees: an input and variables, and nothing else.</summary>
internal sealed class TrialScope(JsonValue input, DateTimeOffset now, JsonObject? variables = null) : StateScope
{
    public override JsonValue Input => input;

    public override JsonObject Context => JsonObject.Empty;

    public override VariableScope Variables { get; } = variables is null ? VariableScope.Empty : new(null, variables);

    public override Entropy Entropy { get; } = new((ulong)Random.Shared.NextInt64());

    public override DateTimeOffset Now => now;

    public override Limits Limits => Limits.None;
}

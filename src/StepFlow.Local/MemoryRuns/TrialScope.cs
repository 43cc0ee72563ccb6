using StepFlow.Language.Evaluation;

namespace StepFlow.Local.MemoryRuns;

/// <summary>The scope of an expression that is evaluated alone: an input and variables.</summary>
internal sealed class TrialScope(JsonValue input, DateTimeOffset now, JsonObject? variables = null) : StateScope
{
    public override JsonValue Input => input;

    public override JsonObject Context => JsonObject.Empty;

    public override VariableScope Variables { get; } = variables is null ? VariableScope.Empty : new(null, variables);

    public override Entropy Entropy { get; } = new((ulong)Random.Shared.NextInt64());

    public override DateTimeOffset Now => now;

    public override Limits Limits => Limits.None;
}

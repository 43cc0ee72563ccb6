using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Local.Commands;

/// <summary>What an expression that is tried out sees: an input, and nothing else.</summary>
internal sealed class TrialScope(JsonValue input) : StateScope
{
    public override JsonValue Input => input;

    public override JsonObject Context => JsonObject.Empty;

    public override VariableScope Variables => VariableScope.Empty;

    public override Entropy Entropy { get; } = new((ulong)Random.Shared.NextInt64());

    public override DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public override Limits Limits => Limits.None;
}

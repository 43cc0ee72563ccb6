using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Service.StateTests;

/// <summary>What the expressions of a tested state see.</summary>
internal sealed class TestScope(JsonValue input, JsonObject context, JsonObject variables, DateTimeOffset now, Limits limits) : StateScope
{
    public override JsonValue Input { get; } = input;

    public override JsonObject Context { get; } = context;

    public override VariableScope Variables { get; } = new(null, variables);

    public override Entropy Entropy { get; } = new((ulong)Random.Shared.NextInt64());

    public override DateTimeOffset Now { get; } = now;

    public override Limits Limits { get; } = limits;

    /// <summary>The same with a <c>Map.Item</c> in the context object.</summary>
    public TestScope WithItem(int index, JsonValue value) => new(
        Input,
        Context.With("Map", JsonObject.Create(("Item", JsonObject.Create(("Index", index), ("Value", value))))),
        Variables.Own,
        Now,
        Limits);
}

using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.JsonPath;

/// <summary>A scope made of plain values.</summary>
internal sealed class TestScope : StateScope
{
    public static readonly DateTimeOffset Noon = new(2025, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public TestScope(string input = "{}", string context = "{}", string variables = "{}")
        : this(JsonValue.Parse(input), (JsonObject)JsonValue.Parse(context), (JsonObject)JsonValue.Parse(variables))
    {
    }

    public TestScope(JsonValue input, JsonObject context, JsonObject variables)
    {
        Input = input;
        Context = context;
        Variables = new VariableScope(null, variables);
    }

    public override JsonValue Input { get; }

    public override JsonObject Context { get; }

    public override VariableScope Variables { get; }

    public override Entropy Entropy { get; } = Entropy.FromSeed("test");

    public override DateTimeOffset Now => Noon;

    public override Limits Limits => LimitsInForce;

    public Limits LimitsInForce { get; init; } = Limits.Aws;
}

using System.Diagnostics;
using StepFlow.Language.Compilation;
using StepFlow.Language.Jsonata.Asl;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Loading;

/// <summary>Makes the fields of a JSONata state.</summary>
internal sealed class JsonataFieldCompiler(State state) : FieldCompiler
{
    public override StateData Data() => new JsonataStateData
    {
        ResultKind = state is RetryableState ? JsonataResultKind.Result : JsonataResultKind.None,
        ArgumentsTemplate = Parse("Arguments", state.Arguments),
        Output = Parse("Output", state.Output),
        Assign = Parse("Assign", state.Assign),
    };

    public override StateData RuleData(ChoiceRule rule, int index) => new JsonataStateData
    {
        Output = Parse($"Choices[{index}]/Output", rule.Output) ?? Parse("Output", state.Output),
        Assign = Parse($"Choices[{index}]/Assign", rule.Assign) ?? Parse("Assign", state.Assign),
    };

    public override StateData CatcherData(Catcher catcher, int index) => new JsonataStateData
    {
        ResultKind = JsonataResultKind.ErrorOutput,
        Output = Parse($"Catch[{index}]/Output", catcher.Output),
        Assign = Parse($"Catch[{index}]/Assign", catcher.Assign),
    };

    public override Field<bool> Condition(ChoiceRule rule, int index) => rule.Condition switch
    {
        JsonBoolean { Value: var holds } => new LiteralField<bool>(holds),
        JsonString { Value: var text } => new JsonataCondition(AslExpression.Parse(text, $"Choices[{index}]/Condition")),
        _ => throw new UnreachableException(),
    };

    public override Field<DateTimeOffset> Until(WaitState state) => state switch
    {
        { Seconds: JsonNumber seconds } => Literals.Wait(seconds),
        { Seconds: JsonString { Value: var text } } => new JsonataSecondsWait(AslExpression.Parse(text, "Seconds")),
        { Timestamp: { } text } when ExpressionText.IsExpression(text) => new JsonataTimestampWait(AslExpression.Parse(text, "Timestamp")),
        { Timestamp: { } timestamp } => Literals.Until(timestamp),
        _ => throw new UnreachableException(),
    };

    public override Field<string>? Text(string field, string? literal, string? path) =>
        literal is null ? null
        : ExpressionText.IsExpression(literal) ? new JsonataText(AslExpression.Parse(literal, field))
        : new LiteralField<string>(literal);

    public override Field<double>? Number(NumberRule rule, string holder, JsonValue? literal, string? path) => literal switch
    {
        JsonNumber number => new LiteralField<double>(number.ToDouble()),
        JsonString { Value: var text } => new JsonataNumber(rule, AslExpression.Parse(text, holder + rule.Field)),
        _ => null,
    };

    public override Field<JsonValue> Items(MapState state) => state.Items switch
    {
        null => new InputItems(state.IsDistributed),
        JsonString { Value: var text } when ExpressionText.IsExpression(text) => new JsonataItems(AslExpression.Parse(text, "Items"), state.IsDistributed),
        { } written => new JsonataValue(AslTemplate.Parse(written, "Items")),
    };

    public override Field<JsonValue>? Template(string field, JsonValue? template) =>
        Parse(field, template) is { } parsed ? new JsonataValue(parsed) : null;

    public override Field<JsonValue>? ReaderConfig(JsonObject? config) => Template("ItemReader/ReaderConfig", config);

    private static AslTemplate? Parse(string field, JsonValue? written) => written is null ? null : AslTemplate.Parse(written, field);
}

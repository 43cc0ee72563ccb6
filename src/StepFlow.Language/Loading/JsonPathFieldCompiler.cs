using System.Diagnostics;
using StepFlow.Language.Choices;
using StepFlow.Language.Compilation;
using StepFlow.Language.Intrinsics;
using StepFlow.Language.JsonPath;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Loading;

internal sealed class JsonPathFieldCompiler(State state) : FieldCompiler
{
    private readonly EffectiveInput _input = state.InputPath is { } path ? new(Path(path)) : EffectiveInput.Raw;

    public override StateData Data() => Data(state.Assign);

    public override StateData RuleData(ChoiceRule rule, int index) => Data(rule.Assign ?? state.Assign);

    public override StateData CatcherData(Catcher catcher, int index) => new JsonPathStateData
    {
        ResultPath = ResultPath(catcher.ResultPath),
        Assign = Payload(catcher.Assign),
    };

    public override Field<bool> Condition(ChoiceRule rule, int index) =>
        ChoiceRuleParser.TryParse(rule.Source, _input, out Field<bool>? condition, out string? error)
            ? condition
            : throw new UnreachableException(error);

    public override Field<DateTimeOffset> Until(WaitState state) => state switch
    {
        { SecondsPath: { } seconds } => new SecondsPathWait(Path(seconds), _input),
        { TimestampPath: { } timestamp } => new TimestampPathWait(Path(timestamp), _input),
        { Timestamp: { } timestamp } => Literals.Until(timestamp),
        { Seconds: JsonNumber seconds } => Literals.Wait(seconds),
        _ => throw new UnreachableException(),
    };

    public override Field<string>? Text(string field, string? literal, string? path) =>
        path is not null ? new PathText(field + "Path", Expression(path), _input)
        : literal is not null ? new LiteralField<string>(literal)
        : null;

    public override Field<double>? Number(NumberRule rule, string holder, JsonValue? literal, string? path) =>
        path is not null ? new PathNumber(rule, Path(path), _input)
        : literal is JsonNumber number ? new LiteralField<double>(number.ToDouble())
        : null;

    public override Field<JsonValue> Items(MapState state) =>
        new PathItems(state.ItemsPath is { } path ? Path(path) : PathExpression.Root, _input, state.IsDistributed);

    public override Field<JsonValue>? Template(string field, JsonValue? template) =>
        Payload(template) is { } payload ? new TemplateValue(payload, _input) : null;

    public override Field<JsonValue>? ReaderConfig(JsonObject? config) => config is null
        ? null
        : new ReaderConfigValue(config, Number(NumberRule.MaxItems, "ItemReader/ReaderConfig/", null, config.Text("MaxItemsPath")));

    private JsonPathStateData Data(JsonValue? assign) => new()
    {
        Input = _input,
        // A Map's Parameters are the legacy name of its ItemSelector.
        Parameters = state is MapState ? null : Payload(state.Parameters),
        ResultSelector = Payload(state.ResultSelector),
        ResultPath = ResultPath(state.ResultPath),
        OutputPath = state.OutputPath is { } path ? Path(path) : PathExpression.Root,
        Assign = Payload(assign),
    };

    private static PathExpression? Path(JsonValue written) => written is JsonString { Value: var text } ? Path(text) : null;

    private static PathExpression Path(string text) =>
        PathExpression.TryParse(text, out PathExpression? path, out string? error) ? path : throw new UnreachableException(error);

    private static ValueExpression Expression(string text) =>
        ValueExpression.TryParse(text, out ValueExpression? expression, out string? error) ? expression : throw new UnreachableException(error);

    private static ReferencePath? ResultPath(JsonValue? written) => written switch
    {
        null => ReferencePath.Root,
        JsonString { Value: var text } => ReferencePath.TryParse(text, out ReferencePath? path, out string? error) ? path : throw new UnreachableException(error),
        _ => null,
    };

    private static PayloadTemplate? Payload(JsonValue? written) =>
        written is null ? null
        : PayloadTemplate.TryParse(written, out PayloadTemplate? template, out IReadOnlyList<TemplateError> errors) ? template
        : throw new UnreachableException(errors[0].Reason);
}

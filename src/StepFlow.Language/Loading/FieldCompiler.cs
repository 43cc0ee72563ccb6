using StepFlow.Language.Compilation;
using StepFlow.Language.Templates;

namespace StepFlow.Language.Loading;

/// <summary>
/// Compiles the evaluated fields of one state. There is one implementation for each query language. The
/// definition has been validated before, so nothing is checked here again.
/// </summary>
internal abstract class FieldCompiler
{
    public static FieldCompiler For(State state) =>
        state.QueryLanguage == QueryLanguage.JsonPath ? new JsonPathFieldCompiler(state) : new JsonataFieldCompiler(state);

    /// <summary>How data flows through the state.</summary>
    public abstract StateData Data();

    /// <summary>How data leaves a Choice by one of its rules.</summary>
    public abstract StateData RuleData(ChoiceRule rule, int index);

    /// <summary>How an error's output leaves the state by one of its catchers.</summary>
    public abstract StateData CatcherData(Catcher catcher, int index);

    public abstract Field<bool> Condition(ChoiceRule rule, int index);

    public abstract Field<DateTimeOffset> Until(WaitState state);

    /// <summary>A text and its path form; null where neither is written.</summary>
    public abstract Field<string>? Text(string field, string? literal, string? path);

    /// <summary>A number and its path form; null where neither is written.</summary>
    /// <param name="rule">The field's name and range.</param>
    /// <param name="holder">The object in the state that holds the field, with a slash; empty for the state itself.</param>
    /// <param name="literal">The number, or an expression.</param>
    /// <param name="path">The path form.</param>
    public abstract Field<double>? Number(NumberRule rule, string holder, JsonValue? literal, string? path);

    public abstract Field<JsonValue> Items(MapState state);

    /// <summary>A template; null where it is not written.</summary>
    /// <param name="field">The field's location in the state, as failures name it: <c>ItemReader/Arguments</c>.</param>
    /// <param name="template">The template as written.</param>
    public abstract Field<JsonValue>? Template(string field, JsonValue? template);

    /// <summary>The ReaderConfig of a Map; null where it is not written.</summary>
    public abstract Field<JsonValue>? ReaderConfig(JsonObject? config);
}

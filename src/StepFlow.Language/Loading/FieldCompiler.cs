using StepFlow.Language.Compilation;
using StepFlow.Language.Definition;
using StepFlow.Language.Json;

namespace StepFlow.Language.Loading;

/// <summary>
/// Makes the evaluated fields of states out of what is written; one implementation for each query language. The
/// definition was validated before: what a field cannot be is not asked here again.
/// </summary>
internal abstract class FieldCompiler
{
    /// <summary>How data flows through a state.</summary>
    public abstract StateData Data(State state);

    /// <summary>How data leaves a Choice by one of its rules.</summary>
    public abstract StateData RuleData(ChoiceState state, ChoiceRule rule);

    /// <summary>How an error's output leaves a state by one of its catchers.</summary>
    public abstract StateData CatcherData(State state, Catcher catcher);

    public abstract ConditionField Condition(ChoiceRule rule, int index);

    public abstract WaitField Until(WaitState state);

    /// <summary>A text and its path form; null where neither is written.</summary>
    public abstract TextField? Text(string field, string? literal, string? path);

    /// <summary>A number and its path form; null where neither is written.</summary>
    public abstract NumberField? Number(NumberRole role, JsonValue? literal, string? path);

    /// <summary>The items of a Map.</summary>
    public abstract ValueField Items(MapState state);

    /// <summary>A template; null where it is not written.</summary>
    /// <param name="field">The field's place in the state, as failures name it: <c>ItemReader/Arguments</c>.</param>
    /// <param name="template">What is written.</param>
    public abstract ValueField? Template(string field, JsonValue? template);

    /// <summary>The ReaderConfig of a Map; null where it is not written.</summary>
    public abstract ValueField? ReaderConfig(JsonObject? config);
}

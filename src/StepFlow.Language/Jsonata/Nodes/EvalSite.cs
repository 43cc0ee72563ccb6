namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A call of $eval. The text is evaluated with the variables that are visible at the call.</summary>
internal sealed class EvalSite(Scope scope, JsonataFrame frame, JsonValue? input) : CallSite
{
    public Scope Scope { get; } = scope;

    public JsonataFrame Frame { get; } = frame;

    public JsonValue? Input { get; } = input;
}

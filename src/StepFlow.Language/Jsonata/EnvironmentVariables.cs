namespace StepFlow.Language.Jsonata;

/// <summary>The variables that an expression does not bind itself: first the bindings, then the functions.</summary>
internal sealed class EnvironmentVariables(JsonataBindings bindings, JsonataFunctionSet functions) : OuterVariables
{
    public override JsonValue? Find(string name) => bindings.Find(name) ?? functions.Find(name);
}

using StepFlow.Language.Jsonata.Runtime;

namespace StepFlow.Language.Jsonata;

/// <summary>What an expression finds by name where it binds nothing itself: the bindings, then the functions.</summary>
internal sealed class EnvironmentVariables(JsonataBindings bindings, JsonataFunctionSet functions) : OuterVariables
{
    public override JsonValue? Find(string name) => bindings.Find(name) ?? functions.Find(name);
}

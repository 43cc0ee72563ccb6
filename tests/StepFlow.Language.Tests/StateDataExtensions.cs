using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests;

/// <summary>The output and the variables of a state as one value, for tests.</summary>
internal static class StateDataExtensions
{
    public static Outcome<(JsonValue Output, JsonObject? Assigned)> Leave(this StateData data, StateScope scope, JsonValue result)
    {
        Outcome<JsonValue> output = data.Complete(scope, result, out JsonObject? assigned);
        return output.IsSuccess ? (output.Value, assigned) : output.Error;
    }
}

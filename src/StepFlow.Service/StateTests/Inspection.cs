using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Language.Templates;

namespace StepFlow.Service.StateTests;

/// <summary>Collects the <c>inspectionData</c> of TestState: how data changes on its way through a state. Payloads are JSON texts.</summary>
internal sealed class Inspection
{
    private readonly JsonObjectBuilder _data = new(12);

    /// <summary>The data so far.</summary>
    public JsonObject Data => _data.Build();

    /// <summary>Notes a payload.</summary>
    public void Payload(string name, JsonValue value) => _data.Set(name, value.ToString());

    /// <summary>Notes a member that is no payload.</summary>
    public void Member(string name, JsonValue value) => _data.Set(name, value);

    /// <summary>Notes what InputPath selects; nothing for a JSONata state.</summary>
    public void InputPath(CompiledState state, TestScope scope)
    {
        if (state.Data is JsonPathStateData data && data.Input.Read(scope) is { IsSuccess: true } input)
        {
            Payload("afterInputPath", input.Value);
        }
    }

    /// <summary>Notes what the state works on: after Parameters or Arguments.</summary>
    public void Arguments(CompiledState state, JsonValue arguments) =>
        Payload(state.Data is JsonPathStateData ? "afterParameters" : "afterArguments", arguments);

    /// <summary>Notes what ResultSelector and ResultPath make of a result; nothing for a JSONata state.</summary>
    public void Result(StateData stateData, TestScope scope, JsonValue result)
    {
        if (stateData is not JsonPathStateData data)
        {
            return;
        }

        Outcome<JsonValue> selected = data.ResultSelector?.Evaluate(scope, result) ?? result;
        if (!selected.IsSuccess)
        {
            return;
        }

        Payload("afterResultSelector", selected.Value);
        JsonValue? placed = data.ResultPath is null ? scope.Input
            : data.ResultPath.IsRoot ? selected.Value
            : data.ResultPath.Put(scope.Input, selected.Value);
        if (placed is not null)
        {
            Payload("afterResultPath", placed);
        }
    }
}

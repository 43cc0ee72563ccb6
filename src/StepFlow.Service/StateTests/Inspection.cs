using System.Collections.Frozen;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;

namespace StepFlow.Service.StateTests;

/// <summary>Collects the <c>inspectionData</c> of TestState: the stages of the data flow through a state. Payloads are JSON texts.</summary>
internal sealed class Inspection(CompiledState state) : IStateInspector
{
    private static readonly FrozenDictionary<InspectedStage, string> Names = new Dictionary<InspectedStage, string>
    {
        [InspectedStage.InputPath] = "afterInputPath",
        [InspectedStage.Parameters] = "afterParameters",
        [InspectedStage.Arguments] = "afterArguments",
        [InspectedStage.ItemsPath] = "afterItemsPath",
        [InspectedStage.ItemsPointer] = "afterItemsPointer",
        [InspectedStage.ItemSelector] = "afterItemSelector",
        [InspectedStage.ItemBatcher] = "afterItemBatcher",
        [InspectedStage.MaxConcurrency] = "maxConcurrency",
        [InspectedStage.ToleratedFailureCount] = "toleratedFailureCount",
        [InspectedStage.ToleratedFailurePercentage] = "toleratedFailurePercentage",
        [InspectedStage.Result] = "result",
        [InspectedStage.ResultSelector] = "afterResultSelector",
        [InspectedStage.ResultPath] = "afterResultPath",
    }.ToFrozenDictionary();

    private readonly JsonObjectBuilder _data = new(12);

    /// <summary>The data so far.</summary>
    public JsonObject Data => _data.Build();

    public void Note(InspectedStage stage, JsonValue value)
    {
        if (IsShown(stage))
        {
            _data.Set(Names[stage], stage is InspectedStage.MaxConcurrency or InspectedStage.ToleratedFailureCount or InspectedStage.ToleratedFailurePercentage
                ? value
                : value.ToString());
        }
    }

    /// <summary>Adds a payload that is not a stage of the data flow.</summary>
    public void Payload(string name, JsonValue value) => _data.Set(name, value.ToString());

    public void Structure(string name, JsonObject value) => _data.Set(name, value);

    /// <summary>Whether the service shows a stage for a state of this type.</summary>
    private bool IsShown(InspectedStage stage) => state switch
    {
        CompiledTask or CompiledMap => true,
        CompiledPass => state.QueryLanguage == QueryLanguage.JsonPath,
        CompiledParallel => stage is InspectedStage.ResultSelector or InspectedStage.ResultPath,
        _ => stage == InspectedStage.InputPath,
    };
}

using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace StepFlow.Functions.Orchestration;

/// <summary>The durable orchestrator of a distributed Map's run: a sub-orchestration of the execution that runs the Map.</summary>
public static class MapRunOrchestrator
{
    /// <summary>Runs to the end, or to the point where it continues as new.</summary>
    [Function(ActivityNames.MapRunOrchestrator)]
    public static Task<MapRunEnd?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        new OrchestratedMapRun(context).RunAsync();
}

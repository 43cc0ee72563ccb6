using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>Runs episodes as the isolated worker does for an orchestrator function: on its engine, with its options.</summary>
/// <param name="left">Called where the orchestrator awaited something other than its context's tasks.</param>
internal sealed class EpisodeEngine(Action left) : IEpisodeEngine
{
    /// <inheritdoc/>
    public DataConverter Converter { get; } = WorkerServices.Options.DataConverter;

    /// <inheritdoc/>
    public EpisodeOutcome Run(DurableInstance instance, AppOrchestrator orchestrator) =>
        WorkerActions.Read(Run(WorkerHistory.Request(instance), orchestrator));

    /// <inheritdoc/>
    public string? Compare(DurableInstance instance, AppOrchestrator orchestrator)
    {
        // The engine compares names only. If the history does not contain a requested action, the engine returns all actions with their inputs.
        IReadOnlyList<DurableAction> again = WorkerActions.Read(Run(WorkerHistory.RequestWithoutActions(instance), orchestrator)).Requested;
        foreach ((DurableAction before, DurableAction now) in instance.Requested.Zip(again))
        {
            if (before != now)
            {
                return $"{instance.Id} asked for {before} and on replay for {now}.";
            }
        }

        int count = instance.Requested.Count();
        return count == again.Count ? null : $"{instance.Id} asked for {count} actions and on replay for {again.Count}.";
    }

    private P.OrchestratorResponse Run(P.OrchestratorRequest request, AppOrchestrator orchestrator)
    {
        string response = GrpcOrchestrationRunner.LoadAndRun(
            Convert.ToBase64String(request.ToByteArray()), new WorkerOrchestrator(orchestrator, left), WorkerServices.Provider);
        return P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(response));
    }
}

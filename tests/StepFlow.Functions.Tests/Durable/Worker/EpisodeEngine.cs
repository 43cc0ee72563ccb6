using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using P = Microsoft.DurableTask.Protobuf;

namespace StepFlow.Functions.Tests.Durable.Worker;

/// <summary>Runs episodes as the isolated worker does for an orchestrator function: on its engine, with its options.</summary>
/// <param name="left">Called where the orchestrator awaited something other than its context's tasks.</param>
internal sealed class EpisodeEngine(Action left) : IEpisodeEngine
{
    private static readonly ServiceProvider Services = CreateServices();

    /// <inheritdoc/>
    public DataConverter Converter { get; } = Services.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.DataConverter;

    /// <inheritdoc/>
    public EpisodeOutcome Run(DurableInstance instance, DurableOrchestrator orchestrator) =>
        WorkerActions.Read(Run(WorkerHistory.Request(instance), orchestrator));

    /// <inheritdoc/>
    public string? Compare(DurableInstance instance, DurableOrchestrator orchestrator)
    {
        // The engine compares names only. Where the history does not say what was asked for, all of it comes back, inputs and all.
        IReadOnlyList<DurableAction> again = WorkerActions.Read(Run(WorkerHistory.RequestWithoutActions(instance), orchestrator)).Asked;
        foreach ((DurableAction before, DurableAction now) in instance.Asked.Zip(again))
        {
            if (before != now)
            {
                return $"{instance.Id} asked for {before} and on replay for {now}.";
            }
        }

        int count = instance.Asked.Count();
        return count == again.Count ? null : $"{instance.Id} asked for {count} actions and on replay for {again.Count}.";
    }

    private P.OrchestratorResponse Run(P.OrchestratorRequest request, DurableOrchestrator orchestrator)
    {
        string response = GrpcOrchestrationRunner.LoadAndRun(
            Convert.ToBase64String(request.ToByteArray()), new WorkerOrchestrator(orchestrator, left), Services);
        return P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(response));
    }

    private static ServiceProvider CreateServices()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        new DurableTaskExtensionStartup().Configure(services.AddFunctionsWorkerCore());
        return services.BuildServiceProvider();
    }
}

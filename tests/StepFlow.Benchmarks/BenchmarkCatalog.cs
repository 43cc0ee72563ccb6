using StepFlow.Benchmarks.Azure;
using StepFlow.Benchmarks.Durable;
using StepFlow.Benchmarks.Http;
using StepFlow.Benchmarks.InMemory;
using StepFlow.Benchmarks.Jsonata;

namespace StepFlow.Benchmarks;

/// <summary>Every benchmark, in the order in which they run.</summary>
internal static class BenchmarkCatalog
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new InMemoryStates(),
        new DurableSteps(),
        new StartLatency(),
        new LongHistories(),
        new WaitingExecutions(),
        new DistributedMaps(),
        new HttpOperations(),
        new JsonataBenchmark(),
        new AzureExecutions(),
        new AzureInstances(),
        new AzureStarts(),
        new AzureRequests(),
        new AzureMaps(),
    ];
}

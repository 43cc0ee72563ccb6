using StepFlow.Benchmarks.Durable;
using StepFlow.Benchmarks.InMemory;

namespace StepFlow.Benchmarks;

/// <summary>Every benchmark, in the order in which they run.</summary>
internal static class BenchmarkCatalog
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new InMemoryStates(),
        new DurableSteps(),
        new WaitingExecutions(),
    ];
}

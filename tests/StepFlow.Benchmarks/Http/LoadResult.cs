namespace StepFlow.Benchmarks.Http;

/// <summary>What a load came to.</summary>
/// <param name="PerSecond">Calls a second.</param>
/// <param name="P50">The median latency, in milliseconds.</param>
/// <param name="P99">The latency that one call in a hundred exceeds, in milliseconds.</param>
/// <param name="Cpu">What a call takes of the processor, clients included, in microseconds.</param>
internal readonly record struct LoadResult(double PerSecond, double P50, double P99, double Cpu);

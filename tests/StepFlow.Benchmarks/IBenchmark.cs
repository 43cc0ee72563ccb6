namespace StepFlow.Benchmarks;

/// <summary>Something that is measured, where there is one against a peer in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The names of its figures.</summary>
    IReadOnlyList<string> Names { get; }

    Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run);
}

/// <summary>How to measure.</summary>
/// <param name="IsShort">Whether a rough figure will do.</param>
/// <param name="Chosen">The names asked for; empty for all.</param>
internal sealed record BenchmarkRun(bool IsShort, IReadOnlyList<string> Chosen)
{
    public bool IsChosen(string name) => Chosen.Count == 0 || Chosen.Contains(name);
}

namespace StepFlow.Benchmarks.Http;

/// <summary>Calls that were measured, in one turn or several.</summary>
internal sealed class LoadSamples
{
    private readonly List<double> _latencies = [];
    private TimeSpan _time;
    private TimeSpan _cpu;

    /// <summary>Adds a turn.</summary>
    /// <param name="latencies">The latency of each call, in milliseconds.</param>
    /// <param name="time">How long it took.</param>
    /// <param name="cpu">What this process took of the processor meanwhile.</param>
    public void Add(IEnumerable<double> latencies, TimeSpan time, TimeSpan cpu)
    {
        _latencies.AddRange(latencies);
        _time += time;
        _cpu += cpu;
    }

    public LoadResult Result()
    {
        double[] all = [.. _latencies.Order()];
        return new(all.Length / _time.TotalSeconds, all[all.Length / 2], all[(int)(all.Length * 0.99)], _cpu.TotalMicroseconds / all.Length);
    }
}

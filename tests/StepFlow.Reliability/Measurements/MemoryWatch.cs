using System.Globalization;

namespace StepFlow.Reliability.Measurements;

/// <summary>Reads the resident memory of a process that may be replaced.</summary>
/// <param name="process">The process's id now; null while there is none.</param>
internal sealed class MemoryWatch(Func<int?> process)
{
    private readonly List<(TimeSpan At, long Bytes)> _samples = [];
    private readonly System.Diagnostics.Stopwatch _time = System.Diagnostics.Stopwatch.StartNew();

    /// <summary>The highest reading in bytes; 0 for none.</summary>
    public long Peak => _samples.Count == 0 ? 0 : _samples.Max(static sample => sample.Bytes);

    /// <summary>The medians of equal parts of a time, in bytes. A single reading depends on when the garbage collector ran last.</summary>
    /// <param name="time">The time from the first reading, in which each part has readings.</param>
    public IReadOnlyList<long> Medians(TimeSpan time, int parts) =>
    [
        .. _samples.Where(sample => sample.At < time).GroupBy(sample => (int)(sample.At / time * parts)).OrderBy(static part => part.Key)
            .Select(static part => part.Select(static sample => sample.Bytes).Order().ElementAt(part.Count() / 2)),
    ];

    /// <summary>Reads every half second until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (process() is { } id && Read(id) is { } bytes)
            {
                _samples.Add((_time.Elapsed, bytes));
            }

            await Task.Delay(TimeSpan.FromSeconds(0.5), cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>The resident memory of a process in bytes; null where it cannot be read (the process is gone, or this is not Linux).</summary>
    public static long? Read(int id) => Read(id, "VmRSS:");

    /// <summary>The most that a process ever had resident, in bytes; null where it cannot be read.</summary>
    public static long? ReadPeak(int id) => Read(id, "VmHWM:");

    private static long? Read(int id, string field)
    {
        try
        {
            string line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal), string.Empty);
            string[] parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            return parts.Length == 3 ? long.Parse(parts[1], CultureInfo.InvariantCulture) * 1024 : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}

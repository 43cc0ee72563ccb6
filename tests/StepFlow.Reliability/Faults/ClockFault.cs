using System.Globalization;

namespace StepFlow.Reliability.Faults;

/// <summary>
/// The server's wall clock steps, as after sleep, a change by hand, or a time server's correction. Its monotonic clock is not
/// changed. Needs libfaketime.
/// </summary>
/// <param name="folder">Where the offset's file may be.</param>
internal sealed class ClockFault(string folder) : IFault
{
    private const int MaxSeconds = 900;

    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ];

    private readonly string _file = Path.Combine(folder, "clock");
    private int _offset;

    public string Name => FaultCatalog.Clock;

    /// <summary>Whether the library is here.</summary>
    public static bool IsPossible => Array.Exists(Libraries, File.Exists);

    /// <summary>The environment that the server has to be started with.</summary>
    public IReadOnlyDictionary<string, string> CreateEnvironment()
    {
        Write();
        return new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Libraries.First(File.Exists),
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_DONT_RESET"] = "1",
        };
    }

    public Task StrikeAsync(Random random, CancellationToken cancellationToken)
    {
        _offset = Math.Clamp(_offset + (random.Next(3) == 0 ? -random.Next(1, 15) : random.Next(1, 120)), -15, MaxSeconds);
        Write();
        return Task.CompletedTask;
    }

    private void Write() => File.WriteAllText(_file, _offset.ToString("+0;-0;+0", CultureInfo.InvariantCulture));
}

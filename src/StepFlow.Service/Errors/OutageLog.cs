using Microsoft.Extensions.Logging;

namespace StepFlow.Service.Errors;

/// <summary>
/// Logs that operations are refused because of an outage: once, and again each minute that it lasts, with how many there
/// were. A busy server under an outage would otherwise fill the disk with it.
/// </summary>
internal sealed class OutageLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private DateTimeOffset? _last;
    private int _refused;

    /// <summary>An operation was refused.</summary>
    public void Write(string operation, Exception reason)
    {
        int refused;
        lock (_gate)
        {
            _refused++;
            DateTimeOffset now = time.GetUtcNow();
            if (_last is { } last && now - last < Interval && now >= last)
            {
                return;
            }

            _last = now;
            refused = _refused;
            _refused = 0;
        }

        ServiceLogs.OperationsUnavailable(logger, refused, operation, reason);
    }
}

using System.Globalization;

namespace StepFlow.Execution.History;

/// <summary>Instants as seconds since 1970 (the timestamps of the AWS JSON protocol), exact to the tick.</summary>
internal static class EpochSeconds
{
    public static decimal From(DateTimeOffset time) =>
        (decimal)(time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerSecond;

    public static DateTimeOffset Parse(string number) => DateTimeOffset.UnixEpoch.AddTicks(
        (long)(decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
}

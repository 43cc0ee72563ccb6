using System.Diagnostics.Metrics;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Service.Access;

/// <summary>Counts rejected requests. The meter is that of the executions.</summary>
internal static class AccessMetrics
{
    // Exists as long as the process, like every server in it.
    private static readonly Counter<long> Refused = new Meter(ExecutionMetrics.MeterName).CreateCounter<long>("CredentialsRefused");

    /// <summary>Credentials were refused.</summary>
    /// <param name="reason">The error's code.</param>
    public static void OnRefused(string reason) => Refused.Add(1, new KeyValuePair<string, object?>("Reason", reason));
}

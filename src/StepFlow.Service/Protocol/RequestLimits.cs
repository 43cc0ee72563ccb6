namespace StepFlow.Service.Protocol;

/// <summary>The maximum load of a server. More requests are rejected with <c>ThrottlingException</c> (429), and AWS clients repeat them.</summary>
/// <param name="Requests">Most requests that are being served. Long polls and StartSyncExecution count while they wait.</param>
/// <param name="Bytes">Most bytes of their bodies.</param>
/// <param name="Executions">Most executions in memory when another one starts. Those that wait for a timer or a token are not in memory.</param>
public sealed record RequestLimits(int Requests, long Bytes, int Executions)
{
    /// <summary>No limits, for a host whose platform has its own.</summary>
    public static RequestLimits None { get; } = new(int.MaxValue, long.MaxValue, int.MaxValue);
}

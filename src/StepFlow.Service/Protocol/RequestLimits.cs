namespace StepFlow.Service.Protocol;

/// <summary>How much a server takes on at a time. What is beyond is refused with <c>ThrottlingException</c> (429), which AWS clients repeat.</summary>
/// <param name="Requests">Most requests that are being served. Long polls and StartSyncExecution count while they wait.</param>
/// <param name="Bytes">Most bytes of their bodies.</param>
/// <param name="Executions">Most executions in memory when another one starts. Those that wait for a timer or a token are not in memory.</param>
public sealed record RequestLimits(int Requests, long Bytes, int Executions)
{
    /// <summary>A host whose platform keeps such limits has none of its own.</summary>
    public static RequestLimits None { get; } = new(int.MaxValue, long.MaxValue, int.MaxValue);
}

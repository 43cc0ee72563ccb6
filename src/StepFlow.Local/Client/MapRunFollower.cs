namespace StepFlow.Local.Client;

/// <summary>Follows the Map Runs of an execution: reports the progress of each at intervals and at its end.</summary>
/// <param name="report">Called with a run, in the form of DescribeMapRun.</param>
internal sealed class MapRunFollower(ServerClient client, TimeProvider time, Action<JsonObject> report)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, DateTimeOffset> _running = new(StringComparer.Ordinal);

    /// <summary>Takes note of a run that starts.</summary>
    /// <param name="entry">An event of the execution.</param>
    public void Observe(JsonObject entry)
    {
        foreach (string member in (ReadOnlySpan<string>)["mapRunStartedEventDetails", "mapRunRedrivenEventDetails"])
        {
            if ((entry[member] as JsonObject)?["mapRunArn"] is JsonString arn)
            {
                _running[arn.Value] = time.GetUtcNow();
            }
        }
    }

    /// <summary>Reports the runs that were not reported for a while.</summary>
    /// <param name="isEnd">Whether the execution has ended, so that all runs are reported.</param>
    public async Task ReportAsync(bool isEnd, CancellationToken cancellationToken)
    {
        foreach ((string arn, DateTimeOffset last) in _running.ToArray())
        {
            if (!isEnd && time.GetUtcNow() - last < Interval)
            {
                continue;
            }

            JsonObject run = await client.GetAsync(ExecutionPath.OfMapRun(arn), cancellationToken);
            report(run);
            _running[arn] = time.GetUtcNow();
            if (run["status"] is not JsonString { Value: "RUNNING" })
            {
                _running.Remove(arn);
            }
        }
    }
}

namespace StepFlow.Local.Client;

/// <summary>Follows the executions of a state machine on a server: those that run, and those that start later.</summary>
internal sealed class MachineFollower(ServerClient client, string machine, TimeProvider time)
{
    private const int PageSize = 100;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<string> _known = [];

    /// <summary>Follows them.</summary>
    /// <param name="onEvent">Receives each event of each execution, in its order. It is called from several threads.</param>
    /// <param name="onEnd">Takes each execution that has ended.</param>
    /// <param name="count">Returns when this number of executions has ended.</param>
    public async Task FollowAsync(Action<string, JsonObject> onEvent, Action<string, JsonObject> onEnd, int count, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = new List<Task>();

        // Executions that had ended before are not shown.
        foreach (JsonObject old in await ReadAsync(cancellationToken))
        {
            if (Text(old, "status") is not ("RUNNING" or "PENDING_REDRIVE"))
            {
                _known.Add(Text(old, "executionArn"));
            }
        }

        while (following.Count(static one => one.IsCompletedSuccessfully) < count)
        {
            foreach (JsonObject execution in (await ReadAsync(cancellationToken)).Where(one => _known.Add(Text(one, "executionArn"))).Reverse())
            {
                following.Add(FollowAsync(execution, onEvent, onEnd, ending.Token));
            }

            if (following.Find(static one => one.IsFaulted) is { } failed)
            {
                await ending.CancelAsync();
                await failed;
            }

            await Task.WhenAny([Task.Delay(PollInterval, time, cancellationToken), .. following.Where(static one => !one.IsCompleted)]);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await ending.CancelAsync();
    }

    private static string Text(JsonObject members, string name) => members.Text(name) ?? string.Empty;

    private async Task FollowAsync(JsonObject execution, Action<string, JsonObject> onEvent, Action<string, JsonObject> onEnd, CancellationToken cancellationToken)
    {
        string name = Text(execution, "name");
        onEnd(name, await new ExecutionFollower(client, Text(execution, "executionArn"), time).FollowAsync(entry => onEvent(name, entry), null, cancellationToken));
    }

    private Task<IReadOnlyList<JsonObject>> ReadAsync(CancellationToken cancellationToken) =>
        PageReader.ReadAsync(client, $"{ExecutionPath.OfMachine(machine)}?maxResults={PageSize}&", "executions", PageSize, cancellationToken);
}

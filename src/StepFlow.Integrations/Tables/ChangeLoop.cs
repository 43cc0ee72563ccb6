namespace StepFlow.Integrations.Tables;

/// <summary>
/// Repeats a change if another one was made first, with growing random pauses, so that concurrent callers that change one item take
/// turns. Each conflict means that one of them has made its change, so all of them succeed in time. A task's timeout ends the wait.
/// </summary>
/// <param name="time">The clock of the pauses.</param>
public sealed class ChangeLoop(TimeProvider time)
{
    private const double ShortestPause = 10;

    /// <summary>In milliseconds.</summary>
    private const double LongestPause = 1000;

    /// <summary>Attempts until one was made.</summary>
    /// <param name="attempt">Reads the item and makes the change. Null if another change was made in between.</param>
    public async Task<JsonObject> RunAsync(Func<CancellationToken, Task<JsonObject?>> attempt, CancellationToken cancellationToken)
    {
        double pause = ShortestPause;
        while (true)
        {
            if (await attempt(cancellationToken) is { } outcome)
            {
                return outcome;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1 + (Random.Shared.NextDouble() * pause)), time, cancellationToken);
            pause = Math.Min(pause * 2, LongestPause);
        }
    }
}

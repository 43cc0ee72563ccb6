namespace StepFlow.Integrations.Tables;

/// <summary>
/// Repeats a change where another came first, with pauses that grow and differ, so that many who change one item take
/// turns. Each conflict means that somebody's change was made, so everybody's turn comes; a task's timeout ends the wait.
/// </summary>
/// <param name="time">The clock of the pauses.</param>
public sealed class ChangeLoop(TimeProvider time)
{
    private const double ShortestPause = 10;

    /// <summary>In milliseconds.</summary>
    private const double LongestPause = 1000;

    /// <summary>Attempts until one was made.</summary>
    /// <param name="attempt">Reads the item and makes the change; null where another change came between.</param>
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

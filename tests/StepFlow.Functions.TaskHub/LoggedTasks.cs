using System.Globalization;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Functions.TaskHub;

/// <summary>
/// Tasks of an instance that may be killed: each gives its arguments back after a short time; a first call of the function
/// <c>flaky</c> fails. A file has one line for each call: its idempotency key.
/// </summary>
/// <param name="file">The file. Each instance has its own.</param>
public sealed class LoggedTasks(string file) : ITaskRunner
{
    /// <summary>Long enough that a kill comes in the middle of some.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture, $"{call.IdempotencyKey}\n"));
        }

        await Task.Delay(Duration, cancellationToken);
        return OutcomeOf(call);
    }

    /// <summary>What a task comes to.</summary>
    public static TaskOutcome OutcomeOf(TaskCall call) => call.RetryCount == 0 && call.Resource.Text.EndsWith(":flaky", StringComparison.Ordinal)
        ? new TaskRejected("Flaky", "The first call of this function fails.")
        : new TaskCompleted(call.Arguments);
}

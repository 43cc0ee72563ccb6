using System.Globalization;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Functions.TaskHub;

/// <summary>Tasks of an instance that may be killed: each gives its arguments back after a short time. A line of a file tells of each call: its idempotency key.</summary>
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
        return new TaskCompleted(call.Arguments);
    }
}

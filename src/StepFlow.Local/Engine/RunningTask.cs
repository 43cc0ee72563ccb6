using System.Diagnostics.CodeAnalysis;
using StepFlow.Execution.Commands;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Scheduling;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Local.Engine;

/// <summary>A task that an execution waits for: queued, running, or accepted with an outcome that comes later.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor link: there is nothing to dispose, and a cancellation may come late.")]
internal sealed class RunningTask(LocalEngine engine, ExecutionCell cell, ExecutionRequest request, RunTask command)
{
    private readonly CancellationTokenSource _cancellation = new();

    public ExecutionCell Cell { get; } = cell;

    /// <summary>How its execution was started.</summary>
    public ExecutionRequest Request { get; } = request;

    public RunTask Command { get; } = command;

    /// <summary>Whether the call has ended and the task is completed from outside. Used only on the execution's thread.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>The key of an activity's task in its queue.</summary>
    public string Token => CommandCalls.ActivityToken(Command);

    /// <summary>Cancelled when the outcome is no longer needed, and at shutdown.</summary>
    public CancellationToken Cancellation => _cancellation.Token;

    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>How often in a row its call failed with an outage or a fault of this program.</summary>
    public int FailedAttempts { get; set; }

    /// <summary>When the first of these failed; null where none did.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Ends the pause before the next attempt; null where it is not in one.</summary>
    public ITimer? Pause { get; set; }

    /// <summary>Calls the task, at once or when the limit of tasks permits it.</summary>
    public void Begin() => engine.Dispatcher.Run(this);

    /// <summary>Cancels the task, because its outcome is no longer needed.</summary>
    public void End() => engine.Dispatcher.Cancel(this);

    /// <summary>The request was accepted, and the same call waits for the job. Returns when that is durable.</summary>
    public Task SubmitAsync(JsonValue output, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Cell.Post(new SubmittedItem(this, output, done));
        return done.Task.WaitAsync(cancellationToken);
    }

    public void ReportProgress(TaskProgress progress) => LocalLogs.TaskProgress(engine.Logger, Command.StateName, Cell.Arn, progress.Message);

    /// <summary>Does not wait until the task has stopped, which may take some time.</summary>
    public void Cancel() => _cancellation.CancelAsync().LogFailure(engine.Logger, $"cancel task {Command.Id} of {Cell.Arn}");
}

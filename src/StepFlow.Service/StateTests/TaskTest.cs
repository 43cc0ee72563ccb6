using StepFlow.Execution.Commands;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Service.StateTests;

/// <summary>Calls the Resource of a tested Task state.</summary>
internal sealed class TaskTest(ITaskRunner tasks, TimeProvider time)
{
    /// <summary>How long a test may take (TestState: "can run for up to five minutes").</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    /// <summary>Calls it, and adds the request and response of an HTTP task.</summary>
    /// <returns>The outcome; a timeout where it does not end in time.</returns>
    public async Task<TaskOutcome> CallAsync(
        RunTask command, StateTestCall call, ExecutionStart execution, Inspection inspection, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan timeout = TimeSpan.FromSeconds(Math.Min(command.TimeoutSeconds ?? double.MaxValue, LongestCall.TotalSeconds));
        using var source = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(source.Token, cancellationToken);
        TaskCall made = CommandCalls.Of(new ExecutionRequest(execution, string.Empty), command, now) with
        {
            Deadline = now + timeout,
            Exchanged = command.Resource is { Kind: TaskResourceKind.Service, Service: "http" }
                ? exchange => HttpInspection.Note(inspection, exchange, call.RevealSecrets)
                : null,
        };
        try
        {
            return await tasks.RunAsync(made, linked.Token);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new TaskRejected(ErrorNames.Timeout, null);
        }
    }
}

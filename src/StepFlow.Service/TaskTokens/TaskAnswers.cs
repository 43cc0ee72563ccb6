using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Service.Errors;
using StepFlow.Service.Ports;

namespace StepFlow.Service.TaskTokens;

/// <summary>Brings answers to the tasks that wait for them by token.</summary>
internal sealed class TaskAnswers(IExecutionHost host)
{
    /// <summary>Hands a signal to the task that a token names. An answer counts once.</summary>
    /// <param name="text">The token.</param>
    /// <param name="signal">Makes the signal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException"><c>InvalidToken</c>: the token is none of ours. <c>TaskTimedOut</c>: the task was answered, timed out, or its execution has ended.</exception>
    public async Task SendAsync(string text, Func<DateTimeOffset, string, Signal> signal, CancellationToken cancellationToken)
    {
        if (TaskToken.TryParse(text) is not { } token)
        {
            throw ApiErrors.InvalidToken();
        }

        // An unknown execution and a forged token look alike: nothing is told about what exists.
        if (await host.FindAsync(token.ExecutionArn, cancellationToken) is not { } execution || !token.IsGenuine(execution.Start.TokenSecret))
        {
            throw ApiErrors.InvalidToken();
        }

        if (execution.Status != ExecutionStatus.Running
            || !await host.SignalAsync(token.ExecutionArn, time => signal(time, token.TaskId), cancellationToken))
        {
            throw ApiErrors.TaskTimedOut();
        }
    }
}

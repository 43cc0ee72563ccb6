using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;

namespace StepFlow.Service.TaskTokens;

/// <summary>Hands signals to tasks that are named by their tokens.</summary>
internal sealed class TaskTokenSignals(IExecutionHost host)
{
    /// <summary>Reads a token and checks that its execution created it.</summary>
    /// <exception cref="ApiException"><c>InvalidToken</c>: the token is not genuine. <c>TaskTimedOut</c>: the execution has ended.</exception>
    public async Task<TaskToken> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (TaskToken.TryParse(text) is not { } token)
        {
            throw ApiErrors.InvalidToken();
        }

        // An unknown execution and a forged token give the same error, so that a caller cannot find out which executions exist.
        if (await host.FindAsync(token.ExecutionArn, cancellationToken) is not { } execution || !token.IsGenuine(execution.Start.TokenSecret))
        {
            throw ApiErrors.InvalidToken();
        }

        return execution.Status == ExecutionStatus.Running ? token : throw ApiErrors.TaskTimedOut();
    }

    /// <summary>Hands a signal to the task of a token. The first result counts.</summary>
    /// <exception cref="ApiException"><c>TaskTimedOut</c>: the task has a result, or timed out.</exception>
    public async Task DeliverAsync(TaskToken token, Signal signal, CancellationToken cancellationToken)
    {
        if (!await host.SignalAsync(token.ExecutionArn, signal, cancellationToken))
        {
            throw ApiErrors.TaskTimedOut();
        }
    }
}

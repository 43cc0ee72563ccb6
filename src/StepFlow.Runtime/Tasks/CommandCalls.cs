using StepFlow.Execution.Commands;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.Tasks;

/// <summary>Makes calls of commands.</summary>
public static class CommandCalls
{
    /// <summary>The default of <c>TimeoutSeconds</c>, in effect no bound (Amazon States Language, "Task State").</summary>
    private const double UnboundedSeconds = 99_999_999;

    /// <summary>The call of a task's command.</summary>
    /// <param name="request">How the execution was started.</param>
    /// <param name="now">When the command was given, or is repeated.</param>
    /// <param name="notices">What the call reports.</param>
    public static TaskCall Of(ExecutionRequest request, RunTask command, DateTimeOffset now, TaskNotices notices = default) => Of(
        new(request.Start.ExecutionArn, request.Start.Name, request.Start.StateMachineArn, request.MockTestCase), command, Deadline(command, now), notices);

    /// <summary>The call of a task's command, made where only a message of the command has come.</summary>
    /// <param name="origin">The execution.</param>
    /// <param name="deadline">When the outcome is no longer needed; null for no limit.</param>
    /// <param name="notices">What the call reports.</param>
    public static TaskCall Of(TaskOrigin origin, RunTask command, DateTimeOffset? deadline, TaskNotices notices = default) => new()
    {
        ExecutionArn = origin.ExecutionArn,
        ExecutionName = origin.ExecutionName,
        StateMachineArn = origin.StateMachineArn,
        StateName = command.StateName,
        Resource = command.Resource,
        Arguments = command.Arguments,
        TaskId = command.Id,
        IdempotencyKey = Key(origin.ExecutionArn, command.Id),
        RetryCount = command.RetryCount,
        Deadline = deadline,
        TaskToken = command.TaskToken,
        Credentials = command.Credentials,
        MockTestCase = origin.MockTestCase,
        Submitted = notices.Submitted,
        Progress = notices.Progress,
        WaitsForTurn = notices.WaitsForTurn,
    };

    /// <summary>The idempotency key of a task: the same for every repetition of the same attempt.</summary>
    public static string Key(string executionArn, string taskId) => executionArn + "/" + taskId;

    /// <summary>When the outcome of a task is no longer needed. Null for no limit.</summary>
    /// <param name="now">When its time begins.</param>
    public static DateTimeOffset? Deadline(RunTask command, DateTimeOffset now) =>
        command.TimeoutSeconds is { } seconds and < UnboundedSeconds ? now.AddSeconds(seconds) : null;

    /// <summary>The key of an activity's task in its queue.</summary>
    public static string ActivityToken(RunTask command) => command.TaskToken ?? command.Id;

    /// <inheritdoc cref="ActivityToken(RunTask)"/>
    public static string ActivityToken(TaskCall call) => call.TaskToken ?? call.TaskId;
}

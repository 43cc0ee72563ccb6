using StepFlow.Execution.Commands;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language;

namespace StepFlow.Execution.Interpretation;

/// <summary>The events of a task. They depend on the kind of its resource.</summary>
internal static class TaskHistory
{
    public static void Scheduled(Interpreter interpreter, Frame frame, RunTask command)
    {
        TaskResource resource = command.Resource;
        long? timeout = (long?)command.TimeoutSeconds;
        long? heartbeat = (long?)command.HeartbeatSeconds;
        string? role = ((command.Credentials as JsonObject)?["RoleArn"] as JsonString)?.Value;
        switch (resource.Kind)
        {
            case TaskResourceKind.Function:
                interpreter.Emit(frame, HistoryEventType.LambdaFunctionScheduled, new LambdaFunctionScheduledDetails(resource.Text, command.Arguments)
                {
                    TimeoutInSeconds = timeout,
                    CredentialsRoleArn = role,
                });
                break;
            case TaskResourceKind.Activity:
                interpreter.Emit(frame, HistoryEventType.ActivityScheduled, new ActivityScheduledDetails(resource.Text, command.Arguments)
                {
                    TimeoutInSeconds = timeout,
                    HeartbeatInSeconds = heartbeat,
                });
                break;
            default:
                interpreter.Emit(frame, HistoryEventType.TaskScheduled, new TaskScheduledDetails(
                    Service(resource), resource.ActionWithPattern, resource.Region ?? interpreter.Start.Region, command.Arguments)
                {
                    TimeoutInSeconds = timeout,
                    HeartbeatInSeconds = heartbeat,
                    CredentialsRoleArn = role,
                });
                break;
        }
    }

    public static void Started(Interpreter interpreter, Frame frame, RunTask command, string? workerName) => interpreter.Emit(
        frame,
        TypeOf(command, HistoryEventType.LambdaFunctionStarted, HistoryEventType.ActivityStarted, HistoryEventType.TaskStarted),
        command.Resource.Kind switch
        {
            TaskResourceKind.Function => null,
            TaskResourceKind.Activity => new ActivityStartedDetails(workerName),
            _ => new TaskStartedDetails(Service(command.Resource), command.Resource.ActionWithPattern),
        });

    public static void Submitted(Interpreter interpreter, Frame frame, RunTask command, JsonValue output)
    {
        if (IsOfService(command))
        {
            interpreter.Emit(
                frame,
                HistoryEventType.TaskSubmitted,
                new TaskOutputDetails(Service(command.Resource), command.Resource.ActionWithPattern, output));
        }
    }

    public static void Succeeded(Interpreter interpreter, Frame frame, RunTask command, JsonValue output) => interpreter.Emit(
        frame,
        TypeOf(command, HistoryEventType.LambdaFunctionSucceeded, HistoryEventType.ActivitySucceeded, HistoryEventType.TaskSucceeded),
        IsOfService(command) ? new TaskOutputDetails(Service(command.Resource), command.Resource.ActionWithPattern, output) : new OutputDetails(output));

    public static void Failed(Interpreter interpreter, Frame frame, RunTask command, Failure failure, TaskFailureStage stage) =>
        EmitFailure(interpreter, frame, command, failure, (command.Resource.Kind, stage) switch
        {
            (TaskResourceKind.Function, TaskFailureStage.Schedule) => HistoryEventType.LambdaFunctionScheduleFailed,
            (TaskResourceKind.Function, TaskFailureStage.Start) => HistoryEventType.LambdaFunctionStartFailed,
            (TaskResourceKind.Function, _) => HistoryEventType.LambdaFunctionFailed,
            (TaskResourceKind.Activity, TaskFailureStage.Schedule) => HistoryEventType.ActivityScheduleFailed,
            (TaskResourceKind.Activity, _) => HistoryEventType.ActivityFailed,
            (_, TaskFailureStage.Start) => HistoryEventType.TaskStartFailed,
            (_, TaskFailureStage.Submit) => HistoryEventType.TaskSubmitFailed,
            _ => HistoryEventType.TaskFailed,
        });

    /// <summary>A task timed out, or its heartbeat did. The event is the same for both, and has no cause.</summary>
    public static void TimedOut(Interpreter interpreter, Frame frame, RunTask command) =>
        EmitFailure(
            interpreter, frame, command, new(ErrorNames.Timeout, null), TypeOf(command, HistoryEventType.LambdaFunctionTimedOut, HistoryEventType.ActivityTimedOut, HistoryEventType.TaskTimedOut));

    private static void EmitFailure(Interpreter interpreter, Frame frame, RunTask command, Failure failure, HistoryEventType type) =>
        interpreter.Emit(frame, type, IsOfService(command)
            ? new TaskFailureDetails(Service(command.Resource), command.Resource.ActionWithPattern, failure.Error, failure.Cause)
            : new FailureDetails(failure.Error, failure.Cause));

    private static bool IsOfService(RunTask command) => command.Resource.Kind is not (TaskResourceKind.Function or TaskResourceKind.Activity);

    private static HistoryEventType TypeOf(RunTask command, HistoryEventType function, HistoryEventType activity, HistoryEventType service) => command.Resource.Kind switch
    {
        TaskResourceKind.Function => function,
        TaskResourceKind.Activity => activity,
        _ => service,
    };

    private static string Service(TaskResource resource) => resource.Service.Length > 0 ? resource.Service : resource.Text;
}

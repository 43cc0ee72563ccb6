using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Execution.Tokens;
using StepFlow.Language;
using StepFlow.Language.Catalogue;

namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Task state.</summary>
internal static class TaskStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledTask state)
    {
        string id = interpreter.Commands.NewId("task");
        interpreter.Scope.SetTask(id, state.Resource);
        string? token = state.Resource.Pattern == TaskPattern.WaitForTaskToken || state.Resource.Kind == TaskResourceKind.Activity
            ? TaskToken.Create(interpreter.Start.TokenSecret, interpreter.Start.ExecutionArn, id)
            : null;
        Outcome<RunTask> prepared = Prepare(interpreter, frame, state, id, token);
        if (!prepared.IsSuccess)
        {
            return prepared.Error;
        }

        RunTask command = prepared.Value;
        if (RequestFormat.Check(state.Resource, state.QueryLanguage, command.Arguments) is { } refused)
        {
            return refused;
        }

        if (Quotas.IsOver(command.Arguments, interpreter.Start.Limits.PayloadBytes))
        {
            return Quotas.TooLarge(state.Name);
        }

        frame.Phase = FramePhase.Task;
        frame.Task = new(command);
        TaskHistory.Scheduled(interpreter, frame, command);
        interpreter.Commands.Add(command, CommandPurpose.Task, frame);
        if (state.Resource.Kind != TaskResourceKind.Activity)
        {
            // An activity's timeout starts when a worker takes the task.
            StartClock(interpreter, frame, frame.Task);
            interpreter.StartLater(frame);
        }

        return StepResult.Wait;
    }

    /// <summary>Records the start of a task that was scheduled in this turn.</summary>
    public static void RecordStart(Interpreter interpreter, Frame frame)
    {
        if (frame.Task is { IsStarted: false } task)
        {
            task.IsStarted = true;
            TaskHistory.Started(interpreter, frame, task.Command, null);
        }
    }

    /// <summary>A worker took an activity's task.</summary>
    public static void Start(Interpreter interpreter, Frame frame, string? workerName)
    {
        if (frame.Task is { IsStarted: false } task)
        {
            task.IsStarted = true;
            TaskHistory.Started(interpreter, frame, task.Command, workerName);
            StartClock(interpreter, frame, task);
        }
    }

    /// <summary>A task succeeded.</summary>
    public static StepResult Succeed(Interpreter interpreter, Frame frame, CompiledTask state, JsonValue output)
    {
        RunTask command = frame.Task!.Command;
        if (Quotas.IsOver(output, interpreter.Start.Limits.PayloadBytes))
        {
            string subject = state.Resource.Kind == TaskResourceKind.Service ? state.Resource.Service : state.Resource.Text;
            return Fail(interpreter, frame, command, Failure.From(Quotas.TooLarge(subject)), TaskFailureStage.Run);
        }

        TaskHistory.Succeeded(interpreter, frame, command, output);
        frame.Task = null;
        return interpreter.Leave(frame, state.Data, output, state.Next);
    }

    public static StepResult Fail(Interpreter interpreter, Frame frame, RunTask command, Failure failure, TaskFailureStage stage)
    {
        TaskHistory.Failed(interpreter, frame, command, failure, stage);
        frame.Task = null;
        return failure with { IsFromTask = true };
    }

    /// <summary>Starts to watch a task's time and heartbeat.</summary>
    private static void StartClock(Interpreter interpreter, Frame frame, TaskAttempt task)
    {
        task.LastHeartbeat = interpreter.Now;
        if (task.Command.TimeoutSeconds is { } timeout)
        {
            task.Timeout = interpreter.StartTimer(CommandPurpose.TaskTimeout, frame, interpreter.After(timeout));
        }

        if (task.Command.HeartbeatSeconds is not null)
        {
            task.Heartbeat = interpreter.StartTimer(CommandPurpose.TaskHeartbeat, frame, task.HeartbeatDue);
        }
    }

    private static Outcome<RunTask> Prepare(Interpreter interpreter, Frame frame, CompiledTask state, string id, string? token)
    {
        ExecutionScope scope = interpreter.Scope;
        Outcome<JsonValue> arguments = interpreter.Check(frame, state.Data.Arguments(scope));
        if (!arguments.IsSuccess)
        {
            return arguments.Error;
        }

        Outcome<double> timeout = state.Timeout?.Evaluate(scope) ?? default;
        Outcome<double> heartbeat = state.Heartbeat?.Evaluate(scope) ?? default;
        Outcome<JsonValue> credentials = state.Credentials?.Evaluate(scope) ?? default;
        if ((timeout.Error ?? heartbeat.Error ?? credentials.Error) is { } error)
        {
            return error;
        }

        return new RunTask(id)
        {
            StateName = state.Name,
            Resource = state.Resource,
            Arguments = arguments.Value,
            RetryCount = frame.RetryCount,
            TimeoutSeconds = state.Timeout is null ? null : timeout.Value,
            HeartbeatSeconds = state.Heartbeat is null ? null : heartbeat.Value,
            TaskToken = token,
            Credentials = credentials.Value,
            ResultIsPassedOn = ResultFlow.IsPassedOn(frame, state),
        };
    }
}

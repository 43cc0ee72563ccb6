using StepFlow.Execution.Commands;
using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Execution.Tokens;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Task state.</summary>
internal static class TaskStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledTask state, bool isFirst)
    {
        if (isFirst)
        {
            interpreter.Enter(frame, HistoryEventType.TaskStateEntered);
        }

        string id = interpreter.Ledger.NewId("task");
        ExecutionScope scope = interpreter.Scope.For(frame);
        string? token = null;
        if (state.Resource.Pattern == TaskPattern.WaitForTaskToken || state.Resource.Kind == TaskResourceKind.Activity)
        {
            token = TaskToken.Create(interpreter.Start.TokenSecret, interpreter.Start.ExecutionArn, id);
            scope.SetToken(state.Resource.Kind == TaskResourceKind.Activity ? null : token);
        }

        Outcome<RunTask> prepared = Prepare(interpreter, frame, state, id, token);
        if (!prepared.IsSuccess)
        {
            interpreter.Fail(frame, prepared.Error);
            return;
        }

        RunTask command = prepared.Value;
        if (interpreter.Bound(frame, command.Arguments) is { } tooMuch)
        {
            interpreter.Fail(frame, tooMuch);
            return;
        }

        if (Quotas.IsOver(command.Arguments, interpreter.Start.Limits.PayloadBytes))
        {
            interpreter.Fail(frame, Failure.TooLarge(state.Name));
            return;
        }

        frame.Phase = FramePhase.Task;
        frame.Task = new(command);
        TaskHistory.Scheduled(interpreter, frame, command);
        interpreter.Ledger.Give(command, CommandPurpose.Task, frame);
        if (state.Resource.Kind != TaskResourceKind.Activity)
        {
            // An activity's clock starts when a worker takes it.
            StartClock(interpreter, frame, frame.Task);
            interpreter.StartLater(frame);
        }
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

    /// <summary>A task ended well.</summary>
    public static void Succeed(Interpreter interpreter, Frame frame, CompiledTask state, JsonValue output)
    {
        RunTask command = frame.Task!.Command;
        if (Quotas.IsOver(output, interpreter.Start.Limits.PayloadBytes))
        {
            string subject = state.Resource.Kind == TaskResourceKind.Service ? state.Resource.Service : state.Resource.Text;
            Fail(interpreter, frame, command, Failure.TooLarge(subject), Signals.TaskFailureStage.Run);
            return;
        }

        TaskHistory.Succeeded(interpreter, frame, command, output);
        ExecutionScope scope = interpreter.Scope.For(frame);
        Outcome<StateResult> result = state.Data.Complete(scope, output);
        frame.Task = null;
        if (!result.IsSuccess)
        {
            interpreter.Fail(frame, result.Error);
            return;
        }

        interpreter.Exit(frame, result.Value, state.Next, HistoryEventType.TaskStateExited);
    }

    /// <summary>A task failed.</summary>
    public static void Fail(Interpreter interpreter, Frame frame, RunTask command, Failure failure, Signals.TaskFailureStage stage)
    {
        TaskHistory.Failed(interpreter, frame, command, failure, stage);
        frame.Task = null;
        interpreter.Fail(frame, failure with { IsFromTask = true });
    }

    /// <summary>Starts to watch a task's time and heartbeat.</summary>
    private static void StartClock(Interpreter interpreter, Frame frame, TaskAttempt task)
    {
        task.LastHeartbeat = interpreter.Now;
        if (task.Command.TimeoutSeconds is { } timeout)
        {
            task.Timeout = interpreter.GiveTimer(CommandPurpose.TaskTimeout, frame, interpreter.After(timeout));
        }

        if (task.Command.HeartbeatSeconds is not null)
        {
            task.Heartbeat = interpreter.GiveTimer(CommandPurpose.TaskHeartbeat, frame, task.HeartbeatDue);
        }
    }

    private static Outcome<RunTask> Prepare(Interpreter interpreter, Frame frame, CompiledTask state, string id, string? token)
    {
        ExecutionScope scope = interpreter.Scope;
        Outcome<JsonValue> arguments = state.Data.Arguments(scope);
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
            Input = frame.Input,
            RetryCount = frame.RetryCount,
            TimeoutSeconds = state.Timeout is null ? null : timeout.Value,
            HeartbeatSeconds = state.Heartbeat is null ? null : heartbeat.Value,
            TaskToken = token,
            Credentials = credentials.Value,
        };
    }
}

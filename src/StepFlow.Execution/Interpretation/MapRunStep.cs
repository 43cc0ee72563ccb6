using StepFlow.Execution.Commands;
using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a distributed Map: its items are executions of their own, which the host starts.</summary>
internal static class MapRunStep
{
    /// <summary>What the state's fields came to.</summary>
    internal readonly record struct Fields(JsonValue Items, double Concurrency, double ToleratedCount, double ToleratedPercentage);

    public static void Start(Interpreter interpreter, Frame frame, CompiledMap map, Fields fields)
    {
        ExecutionScope scope = interpreter.Scope.For(frame);
        Outcome<JsonValue> readerArguments = map.ItemReader?.Arguments.Evaluate(scope) ?? default;
        Outcome<JsonValue> readerConfig = map.ItemReader?.Config?.Evaluate(scope) ?? default;
        Outcome<JsonValue> writerArguments = map.ResultWriter?.Arguments?.Evaluate(scope) ?? default;
        Outcome<JsonValue> batchInput = map.ItemBatcher?.BatchInput?.Evaluate(scope) ?? default;
        Outcome<double> batchItems = map.ItemBatcher?.MaxItemsPerBatch?.Evaluate(scope) ?? default;
        Outcome<double> batchBytes = map.ItemBatcher?.MaxInputBytesPerBatch?.Evaluate(scope) ?? default;
        StatesError? error = readerArguments.Error ?? readerConfig.Error ?? writerArguments.Error ?? batchInput.Error
            ?? batchItems.Error ?? batchBytes.Error;
        if (error is not null)
        {
            interpreter.Fail(frame, error);
            return;
        }

        var command = new StartMapRun(interpreter.Ledger.NewId("run"))
        {
            State = map,
            Items = map.ItemReader is null ? fields.Items : null,
            ReaderArguments = readerArguments.Value,
            ReaderConfig = readerConfig.Value,
            WriterArguments = writerArguments.Value,
            BatchInput = batchInput.Value,
            MaxItemsPerBatch = batchItems.Value >= 1 ? (long)batchItems.Value : null,
            MaxInputBytesPerBatch = batchBytes.Value >= 1 ? (long)batchBytes.Value : null,
            MaxConcurrency = MapStep.Concurrency(fields.Concurrency, interpreter.Start.Limits.DistributedMapConcurrency),
            ToleratedFailureCount = fields.ToleratedCount,
            ToleratedFailurePercentage = fields.ToleratedPercentage,
            ItemScope = new(frame.Input, scope.Context, frame.Variables, scope.Entropy.NextUInt64()),
        };
        frame.MapRun = new(command);
        frame.Phase = FramePhase.MapRun;
        interpreter.Ledger.Give(command, CommandPurpose.MapRun, frame);
    }

    public static void RecordStart(Interpreter interpreter, Frame frame, string arn)
    {
        if (frame.MapRun is { Arn: null } run)
        {
            run.Arn = arn;
            interpreter.Emit(frame, HistoryEventType.MapRunStarted, new MapRunStartedDetails(arn));
        }
    }

    public static void Succeed(Interpreter interpreter, Frame frame, JsonValue result)
    {
        // The state's exit follows the start of the run, not its end: so the service records it since late 2024.
        long succeeded = interpreter.Emit(HistoryEventType.MapRunSucceeded, frame.LastEventId);
        interpreter.Emit(HistoryEventType.MapStateSucceeded, succeeded);
        frame.MapRun = null;
        GroupResult.Complete(interpreter, frame, result, HistoryEventType.MapStateExited);
    }

    public static void Fail(Interpreter interpreter, Frame frame, string error, string? cause)
    {
        interpreter.Emit(frame, HistoryEventType.MapRunFailed, new FailureDetails(error, cause));
        interpreter.Fail(frame, new Failure(error, cause));
    }

    /// <summary>Runs the unsuccessful executions of the run again.</summary>
    public static void Redrive(Interpreter interpreter, Frame frame, MapRun before)
    {
        StartMapRun command = before.Command with { Id = interpreter.Ledger.NewId("run"), RedrivenMapRunArn = before.Arn };
        frame.MapRun = new(command) { Arn = before.Arn, RedriveCount = before.RedriveCount + 1 };
        frame.Phase = FramePhase.MapRun;
        interpreter.Emit(frame, HistoryEventType.MapRunRedriven, new MapRunRedrivenDetails(before.Arn!, frame.MapRun.RedriveCount));
        interpreter.Ledger.Give(command, CommandPurpose.MapRun, frame);
    }
}

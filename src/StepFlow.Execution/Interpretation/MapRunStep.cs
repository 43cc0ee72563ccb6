using StepFlow.Execution.Commands;
using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a distributed Map. Its items are separate executions, which the host starts.</summary>
internal static class MapRunStep
{
    public static StepResult Start(Interpreter interpreter, Frame frame, CompiledMap map, MapFields fields)
    {
        ExecutionScope scope = interpreter.Scope;
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
            return error;
        }

        var command = new StartMapRun(interpreter.Commands.NewId("run"))
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
        interpreter.Commands.Add(command, CommandPurpose.MapRun, frame);
        return StepResult.Wait;
    }

    public static void RecordStart(Interpreter interpreter, Frame frame, string arn)
    {
        if (frame.MapRun is { Arn: null } run)
        {
            run.Arn = arn;
            interpreter.Emit(frame, HistoryEventType.MapRunStarted, new MapRunStartedDetails(arn));
        }
    }

    public static StepResult Succeed(Interpreter interpreter, Frame frame, JsonValue result)
    {
        // The exit event of the state refers to the start of the run, not to its end. Step Functions has recorded it so since late 2024.
        long succeeded = interpreter.Emit(HistoryEventType.MapRunSucceeded, frame.LastEventId);
        frame.MapRun = null;
        return MapStep.Complete(interpreter, frame, succeeded, result);
    }

    public static StepResult Fail(Interpreter interpreter, Frame frame, string error, string? cause)
    {
        interpreter.Emit(frame, HistoryEventType.MapRunFailed, new FailureDetails(error, cause));
        return new Failure(error, cause);
    }

    /// <summary>Runs the unsuccessful executions of the run again.</summary>
    public static void Redrive(Interpreter interpreter, Frame frame, MapRun before)
    {
        StartMapRun command = before.Command with { Id = interpreter.Commands.NewId("run"), RedrivenMapRunArn = before.Arn };
        frame.MapRun = new(command) { Arn = before.Arn, RedriveCount = before.RedriveCount + 1 };
        frame.Phase = FramePhase.MapRun;
        interpreter.Emit(frame, HistoryEventType.MapRunRedriven, new MapRunRedrivenDetails(before.Arn!, frame.MapRun.RedriveCount));
        interpreter.Commands.Add(command, CommandPurpose.MapRun, frame);
    }
}

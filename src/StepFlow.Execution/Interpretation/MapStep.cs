using StepFlow.Execution.Frames;
using StepFlow.Execution.History;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Runs a Map state; the iterations of an inline one.</summary>
internal static class MapStep
{
    public static void Run(Interpreter interpreter, Frame frame, CompiledMap map, bool isFirst)
    {
        if (isFirst)
        {
            interpreter.Enter(frame, HistoryEventType.MapStateEntered);
        }

        ExecutionScope scope = interpreter.Scope.For(frame);
        Outcome<JsonValue> items = map.ItemReader is null ? map.Items.Evaluate(scope) : JsonArray.Empty;
        Outcome<double> concurrency = map.MaxConcurrency?.Evaluate(scope) ?? default;
        if ((items.Error ?? concurrency.Error) is { } error)
        {
            interpreter.Fail(frame, error);
            return;
        }

        if (interpreter.Bound(frame, items.Value!) is { } tooMuch)
        {
            interpreter.Fail(frame, tooMuch);
            return;
        }

        int count = MapGroup.CountOf(items.Value!);
        interpreter.Emit(frame, HistoryEventType.MapStateStarted, new MapStateStartedDetails(count));
        Outcome<double> toleratedCount = map.ToleratedFailureCount?.Evaluate(scope) ?? default;
        Outcome<double> toleratedPercentage = map.ToleratedFailurePercentage?.Evaluate(scope) ?? default;
        if ((toleratedCount.Error ?? toleratedPercentage.Error) is { } wrong)
        {
            interpreter.Fail(frame, wrong);
            return;
        }

        if (map.IsDistributed)
        {
            MapRunStep.Start(interpreter, frame, map, new(items.Value!, concurrency.Value, toleratedCount.Value, toleratedPercentage.Value));
            return;
        }

        int most = Concurrency(concurrency.Value, interpreter.Start.Limits.InlineMapConcurrency) ?? int.MaxValue;
        var group = new MapGroup(items.Value!, count, most) { StartAfterEventId = frame.LastEventId };
        frame.Group = group;
        if (count == 0)
        {
            interpreter.Emit(HistoryEventType.MapStateSucceeded, frame.LastEventId);
            GroupResult.Complete(interpreter, frame, group, HistoryEventType.MapStateExited);
            return;
        }

        frame.Phase = FramePhase.Feeding;
    }

    /// <summary>Starts one more iteration, as far as the concurrency allows.</summary>
    public static void Feed(Interpreter interpreter, Frame frame)
    {
        var group = (MapGroup)frame.Group!;
        if (!StartNext(interpreter, frame, group, group.StartAfterEventId))
        {
            frame.Phase = frame.Phase == FramePhase.Feeding ? FramePhase.Group : frame.Phase;
        }
    }

    /// <summary>An iteration has ended well; the next one follows it.</summary>
    public static void EndIteration(Interpreter interpreter, Frame frame, MapGroup group, Frame iteration)
    {
        group.Frames[iteration.Index] = null;
        group.Results[iteration.Index] = iteration.Input;
        group.Running--;
        group.Remaining--;
        long succeeded = interpreter.Emit(
            HistoryEventType.MapIterationSucceeded,
            iteration.LastEventId,
            new MapIterationDetails(frame.State.Name, iteration.Index));
        if (group.Remaining > 0)
        {
            StartNext(interpreter, frame, group, iteration.LastEventId);
            return;
        }

        frame.LastEventId = succeeded;
        interpreter.Emit(HistoryEventType.MapStateSucceeded, succeeded);
        GroupResult.Complete(interpreter, frame, group, HistoryEventType.MapStateExited);
    }

    /// <summary>The concurrency that a state asks for, within the quota; null for no bound.</summary>
    public static int? Concurrency(double asked, int? quota)
    {
        int? own = asked >= 1 ? (int)Math.Min(asked, int.MaxValue) : null;
        return own is { } value && quota is { } most ? Math.Min(value, most) : own ?? quota;
    }

    /// <summary>Starts the next iteration that has not ended. False where there is none, or no room for it.</summary>
    private static bool StartNext(Interpreter interpreter, Frame frame, MapGroup group, long previousEventId)
    {
        // After a redrive some items have their result, and others a frame that was cut off.
        while (group.Next < group.Count && (group.Results[group.Next] is not null || group.Frames[group.Next] is { IsHalted: false }))
        {
            group.Next++;
        }

        if (group.Next >= group.Count || group.Running >= group.Concurrency)
        {
            return false;
        }

        int index = group.Next++;
        var map = (CompiledMap)frame.State;
        Frame? iteration = group.Frames[index];
        if (iteration is null)
        {
            Outcome<JsonValue> input = map.ItemSelector?.Evaluate(interpreter.Scope.For(frame).WithItem(group, index))
                ?? group.Item(index);
            if (!input.IsSuccess)
            {
                interpreter.FailGroup(frame, Failure.From(input.Error));
                return false;
            }

            if (interpreter.Bound(frame, input.Value) is { } tooMuch)
            {
                interpreter.FailGroup(frame, tooMuch);
                return false;
            }

            iteration = new(map.Processor, frame, index, input.Value, new(frame.Variables, JsonObject.Empty));
            group.Frames[index] = iteration;
        }

        iteration.LastEventId = interpreter.Emit(
            HistoryEventType.MapIterationStarted, previousEventId, new MapIterationDetails(frame.State.Name, index));
        group.Running++;
        if (iteration.IsHalted)
        {
            interpreter.Resume(iteration);
        }
        else
        {
            interpreter.Enqueue(iteration);
        }

        return true;
    }
}

using StepFlow.Execution.History;

namespace StepFlow.Execution.Interpretation;

/// <summary>Runs a Map state; the iterations of an inline one.</summary>
internal static class MapStep
{
    public static StepResult Run(Interpreter interpreter, Frame frame, CompiledMap map)
    {
        Outcome<MapFields> evaluated = Evaluate(interpreter, frame, map);
        if (!evaluated.IsSuccess)
        {
            return evaluated.Error;
        }

        MapFields fields = evaluated.Value;
        if (map.IsDistributed)
        {
            return MapRunStep.Start(interpreter, frame, map, fields);
        }

        int most = Concurrency(fields.Concurrency, interpreter.Start.Limits.InlineMapConcurrency) ?? int.MaxValue;
        var group = new MapGroup(fields.Items, MapGroup.CountOf(fields.Items), most) { StartAfterEventId = frame.LastEventId };
        frame.Group = group;
        if (group.Count == 0)
        {
            return Complete(interpreter, frame, frame.LastEventId, group.ResultList());
        }

        frame.Phase = FramePhase.Feeding;
        return StepResult.Wait;
    }

    /// <summary>Evaluates the items and settings of a Map, and records that it starts.</summary>
    public static Outcome<MapFields> Evaluate(Interpreter interpreter, Frame frame, CompiledMap map)
    {
        ExecutionScope scope = interpreter.Scope;
        Outcome<JsonValue> items = map.ItemReader is null ? map.Items.Evaluate(scope) : JsonArray.Empty;
        Outcome<double> concurrency = map.MaxConcurrency?.Evaluate(scope) ?? default;
        if ((items.Error ?? concurrency.Error ?? interpreter.Check(frame, items).Error) is { } error)
        {
            return error;
        }

        interpreter.Emit(frame, HistoryEventType.MapStateStarted, new MapStateStartedDetails(MapGroup.CountOf(items.Value!)));
        Outcome<double> toleratedCount = map.ToleratedFailureCount?.Evaluate(scope) ?? default;
        Outcome<double> toleratedPercentage = map.ToleratedFailurePercentage?.Evaluate(scope) ?? default;
        return (toleratedCount.Error ?? toleratedPercentage.Error) is { } wrong
            ? wrong
            : new MapFields(items.Value!, concurrency.Value, toleratedCount.Value, toleratedPercentage.Value);
    }

    /// <summary>Starts one more iteration, as far as the concurrency allows.</summary>
    public static StepResult StartIteration(Interpreter interpreter, Frame frame)
    {
        var group = (MapGroup)frame.Group!;
        Outcome<bool> started = StartNext(interpreter, frame, group, group.StartAfterEventId);
        if (!started.IsSuccess)
        {
            return started.Error;
        }

        frame.Phase = started.Value ? FramePhase.Feeding : FramePhase.Group;
        return StepResult.Wait;
    }

    /// <summary>An iteration has succeeded; the next one follows it.</summary>
    public static StepResult EndIteration(Interpreter interpreter, Frame frame, Frame iteration)
    {
        var group = (MapGroup)frame.Group!;
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
            return StartNext(interpreter, frame, group, iteration.LastEventId) is { IsSuccess: false } failed ? failed.Error : StepResult.Wait;
        }

        frame.LastEventId = succeeded;
        return Complete(interpreter, frame, succeeded, group.ResultList());
    }

    /// <summary>Leaves a Map whose items have all succeeded, or as many as have to.</summary>
    /// <param name="previousEventId">The previous event of the succeeded event.</param>
    public static StepResult Complete(Interpreter interpreter, Frame frame, long previousEventId, JsonValue result)
    {
        interpreter.Emit(HistoryEventType.MapStateSucceeded, previousEventId);
        return interpreter.Leave(frame, frame.State.Data, result, frame.State.Next);
    }

    /// <summary>The input of an iteration: the result of the ItemSelector, or the item itself.</summary>
    public static Outcome<JsonValue> Input(Interpreter interpreter, Frame frame, MapGroup group, int index)
    {
        Field<JsonValue>? selector = ((CompiledMap)frame.State).ItemSelector;
        return interpreter.Check(frame, selector?.Evaluate(interpreter.Scope.For(frame).WithItem(group, index)) ?? group.Item(index));
    }

    /// <summary>The concurrency of a state, limited by the quota; null for no limit.</summary>
    public static int? Concurrency(double requested, int? quota)
    {
        int? own = requested >= 1 ? (int)Math.Min(requested, int.MaxValue) : null;
        return own is { } value && quota is { } most ? Math.Min(value, most) : own ?? quota;
    }

    /// <summary>Starts the next iteration that has not ended. False if there is none, or if the concurrency is reached.</summary>
    private static Outcome<bool> StartNext(Interpreter interpreter, Frame frame, MapGroup group, long previousEventId)
    {
        // After a redrive some items have their result, and others a frame that was aborted.
        while (group.Next < group.Count && (group.Results[group.Next] is not null || group.Frames[group.Next] is { IsHalted: false }))
        {
            group.Next++;
        }

        if (group.Next >= group.Count || group.Running >= group.Concurrency)
        {
            return false;
        }

        int index = group.Next++;
        Frame? iteration = group.Frames[index];
        if (iteration is null)
        {
            Outcome<JsonValue> input = Input(interpreter, frame, group, index);
            if (!input.IsSuccess)
            {
                return input.Error;
            }

            iteration = new(((CompiledMap)frame.State).Processor, frame, index, input.Value, new(frame.Variables, JsonObject.Empty));
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

using System.Collections.Frozen;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Interpretation;
using StepFlow.Language;
using StepFlow.Language.Templates;

namespace StepFlow.Execution;

/// <summary>
/// Runs one state alone, with the interpreter that runs executions (API operation TestState). A Wait does not wait,
/// a Parallel or Map runs nothing inside it, and a retry is reported but not made. The caller completes a task, Parallel
/// or Map with <see cref="Succeed"/> or <see cref="Fail(string?, string?)"/>.
/// </summary>
public sealed class SingleStateRun
{
    private readonly Interpreter _interpreter;
    private readonly Frame _frame;

    /// <summary>Runs a state until it ends or waits for a signal.</summary>
    /// <param name="start">With what.</param>
    public SingleStateRun(CompiledState state, SingleStateStart start)
    {
        var machine = new StateMachine
        {
            Source = JsonObject.Empty,
            Graph = new() { Start = state, States = FrozenDictionary<string, CompiledState>.Empty },
        };
        _interpreter = new(machine, start.Execution, Entropy.FromSeed(start.Execution.ExecutionArn), isOneState: true, start.Context);
        _interpreter.SetTime(start.Execution.StartTime);
        _interpreter.Scope.Inspector = start.Inspector;
        _frame = _interpreter.Root;
        _frame.Variables = new(null, start.Variables);
        _frame.RetryCount = start.RetryCount;
        _frame.RetrierCounts = [.. Enumerable.Repeat(start.RetryCount, (state as CompiledRetryableState)?.Retry.Count ?? 0)];
        _interpreter.Enter(_frame);
        _frame.Phase = FramePhase.Attempting;
        Take(state is CompiledMap map ? _interpreter.Try(_frame, map, Prepare) : _interpreter.TryStep(_frame));
    }

    /// <summary>The result of the state; null while it waits for a signal.</summary>
    public SingleStateResult? Result { get; private set; }

    /// <summary>The task that it waits for; null for none.</summary>
    public RunTask? Task => Result is null ? _frame.Task?.Command : null;

    /// <summary>The Map Run of a distributed Map, with its settings evaluated; null for any other state.</summary>
    public StartMapRun? MapRun => _frame.MapRun?.Command;

    /// <summary>
    /// The items of a Map: an array or an object. With an ItemReader, the array in the input that replaces its items.
    /// Null if there is none, and for other states.
    /// </summary>
    public JsonValue? Items { get; private set; }

    /// <summary>The defects of this program that were met. The host logs them.</summary>
    public IReadOnlyList<Defect> Defects => _interpreter.TakeDefects();

    private IStateInspector? Inspector => _interpreter.Scope.Inspector;

    /// <summary>The inputs that a Map makes of its items; null where that fails, and the state with it.</summary>
    /// <param name="items">The items: an array, or an object whose members are the items.</param>
    public IReadOnlyList<JsonValue>? SelectItems(JsonValue items)
    {
        var group = new MapGroup(items, MapGroup.CountOf(items), 0);
        var inputs = new List<JsonValue>(group.Count);
        StepResult selected = _interpreter.Try(_frame, (group, inputs), static (interpreter, frame, work) =>
        {
            for (int i = 0; i < work.group.Count; i++)
            {
                Outcome<JsonValue> input = MapStep.Input(interpreter, frame, work.group, i);
                if (!input.IsSuccess)
                {
                    return input.Error;
                }

                work.inputs.Add(input.Value);
            }

            return StepResult.Wait;
        });
        Take(selected);
        if (Result is not null)
        {
            return null;
        }

        if (((CompiledMap)_frame.State).ItemSelector is not null)
        {
            Inspector?.Note(InspectedStage.ItemSelector, JsonArray.From(inputs));
        }

        return inputs;
    }

    /// <summary>The task, Map or Parallel that the state waits for has succeeded.</summary>
    /// <param name="result">The result of the task, the branches or the Map.</param>
    public void Succeed(JsonValue result) => Take(_interpreter.TryComplete(_frame, result));

    /// <summary>The task, or a state inside the Parallel or Map, has failed.</summary>
    /// <param name="error">The error name; null where none is given.</param>
    public void Fail(string? error, string? cause) => Take(new Failure(error, cause)
    {
        IsFromTask = true,
        Alias = _frame.State is CompiledParallel ? ErrorNames.BranchFailed : null,
    });

    /// <summary>The Map as a whole has failed.</summary>
    /// <param name="error">The failure.</param>
    public void Fail(StatesError error) => Take(error);

    /// <summary>Evaluates a Map, and starts none of its iterations.</summary>
    private StepResult Prepare(Interpreter interpreter, Frame frame, CompiledMap map)
    {
        Outcome<MapFields> evaluated = MapStep.Evaluate(interpreter, frame, map);
        if (!evaluated.IsSuccess)
        {
            return evaluated.Error;
        }

        MapFields fields = evaluated.Value;
        Inspector?.Note(InspectedStage.MaxConcurrency, JsonNumber.Create(fields.Concurrency));
        NoteIfPresent(map.ToleratedFailureCount, InspectedStage.ToleratedFailureCount, fields.ToleratedCount);
        NoteIfPresent(map.ToleratedFailurePercentage, InspectedStage.ToleratedFailurePercentage, fields.ToleratedPercentage);
        Items = map.ItemReader is null ? fields.Items : map.Items.Evaluate(interpreter.Scope).Value as JsonArray;
        if (map.Items is PathItems path && Items is not (null or JsonArray))
        {
            return path.NotAnArray;
        }

        if (map.QueryLanguage == QueryLanguage.JsonPath && Items is not null)
        {
            Inspector?.Note(InspectedStage.ItemsPath, Items);
        }

        return map.IsDistributed ? MapRunStep.Start(interpreter, frame, map, fields) : StepResult.Wait;
    }

    private void NoteIfPresent(Field<double>? field, InspectedStage stage, double value)
    {
        if (field is not null)
        {
            Inspector?.Note(stage, JsonNumber.Create(value));
        }
    }

    private void Take(StepResult step)
    {
        switch (step.Kind)
        {
            case StepKind.Fail:
                Result = Handle(step.Failure!);
                break;
            case StepKind.Next or StepKind.End:
                Result = Left(step, SingleStateStatus.Succeeded);
                break;
            case StepKind.Wait when _frame.State is CompiledWait:
                Take(_interpreter.TryFinishWait(_frame));
                break;
        }
    }

    /// <summary>The consequence of a failure: a retry, a catcher, or the end.</summary>
    private SingleStateResult Handle(Failure failure)
    {
        // The data flow of the catcher is not that of the state.
        _interpreter.Scope.Inspector = null;
        RetryChoice? retry = FailurePolicy.FindRetry(_frame, failure);
        SingleStateResult result = Failed(failure) with { RetryIndex = retry?.Index };
        if (retry is { IsLeft: true } again)
        {
            return result with { Status = SingleStateStatus.Retriable, BackoffSeconds = again.Delay };
        }

        if (FailurePolicy.FindCatch(_frame, failure) is not { } found)
        {
            return result;
        }

        StepResult caught = _interpreter.Catch(_frame, found.Catcher, failure);
        return caught.Failure is { } wrong
            ? Failed(wrong) with { RetryIndex = retry?.Index }
            : Left(caught, SingleStateStatus.CaughtError) with
            {
                Error = failure.Error,
                Cause = failure.Cause,
                RetryIndex = retry?.Index,
                CatchIndex = found.Index,
            };
    }

    private SingleStateResult Failed(Failure failure) => new()
    {
        Status = SingleStateStatus.Failed,
        Error = failure.Error,
        Cause = failure.Cause,
        Variables = _frame.Variables.Own,
    };

    private SingleStateResult Left(StepResult step, SingleStateStatus status) => new()
    {
        Status = status,
        Output = step.Output,
        NextState = step.Next?.Name,
        Variables = step.Assigned is { } assigned ? _frame.Variables.Assign(assigned).Own : _frame.Variables.Own,
    };
}

using System.Diagnostics;
using StepFlow.Execution.Frames;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>What protects the host and the execution from each other: bounds of data, and from faults of this program.</summary>
internal sealed partial class Interpreter
{
    private static readonly IReadOnlyList<Defect> NoDefects = [];

    private List<Defect>? _defects;

    // What this turn has made.
    private long _turnBytes;

    /// <summary>What the execution held when it was last measured, in bytes.</summary>
    public long HeldBytes { get; set; }

    /// <summary>What was made since then, in bytes: the execution holds no more than both together.</summary>
    public long MadeBytes { get; set; }

    /// <summary>What an Express execution has made in all, in bytes; 0 for any other.</summary>
    public long HistoryBytes { get; set; }

    /// <summary>Takes note of data that a state makes, and holds it against the bounds.</summary>
    /// <param name="frame">The frame that is in the state.</param>
    /// <param name="made">The data.</param>
    /// <returns>The failure; null where all is within the bounds.</returns>
    public Failure? Bound(Frame frame, JsonValue made)
    {
        if (ReferenceEquals(made, frame.Input))
        {
            return null;
        }

        long bytes = made.Utf8Length;
        if (bytes > DataBounds.Value)
        {
            return new(ErrorNames.DataLimitExceeded, Causes.ValueTooLarge(frame.State.Name, bytes, DataBounds.Value));
        }

        _turnBytes += bytes;
        MadeBytes += bytes;
        HistoryBytes += Start.IsExpress ? bytes : 0;
        if (HeldBytes + MadeBytes <= DataBounds.Execution)
        {
            return null;
        }

        HeldBytes = DataBounds.Held(Root);
        MadeBytes = bytes;
        return HeldBytes + MadeBytes <= DataBounds.Execution
            ? null
            : new(ErrorNames.DataLimitExceeded, Causes.ExecutionTooLarge(frame.State.Name, DataBounds.Execution));
    }

    /// <summary>Moves a frame by one step. Whatever is thrown on the way fails the state, once, here.</summary>
    private void StepGuarded(Frame frame)
    {
        try
        {
            Scope.For(frame);
            Step(frame);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    /// <summary>What a signal leads to, guarded likewise. What is thrown before a state is looked at is no state's failure.</summary>
    private bool ApplyGuarded(Signals.Signal signal)
    {
        Scope.Leave();
        try
        {
            return Apply(signal);
        }
        catch (Exception e) when (Scope.Frame is not null)
        {
            Fail(e);
            return true;
        }
    }

    /// <summary>Fails the state that was evaluated when something was thrown.</summary>
    private void Fail(Exception exception)
    {
        Frame frame = Scope.Frame ?? throw new UnreachableException();
        var failure = Failure.From(Report(frame, exception));
        if (frame.Group is { Remaining: > 0 })
        {
            FailGroup(frame, failure);
        }
        else
        {
            Fail(frame, failure);
        }
    }

    /// <summary>Keeps a fault for the host, and gives what the workflow sees of it.</summary>
    private StatesError Report(Frame frame, Exception exception)
    {
        (_defects ??= []).Add(new(frame.State.Name, exception));
        string name = frame.State.QueryLanguage == Language.QueryLanguage.Jsonata ? ErrorNames.QueryEvaluationError : ErrorNames.Runtime;
        return new(name, Causes.Defect(exception));
    }

    private Outcome<StateResult> Evaluate(Frame frame, CompiledCatcher catcher, Failure failure)
    {
        try
        {
            return catcher.Data.Complete(Scope.For(frame), FailurePolicy.ErrorOutput(failure));
        }
        catch (Exception e)
        {
            return Report(frame, e);
        }
    }

    private IReadOnlyList<Defect> TakeDefects()
    {
        IReadOnlyList<Defect> taken = _defects ?? NoDefects;
        _defects = null;
        return taken;
    }
}

using System.Globalization;
using StepFlow.Execution.Breakpoints;

namespace StepFlow.Execution.Interpretation;

/// <summary>Breakpoints: frames that wait before a state until they are released. They are not part of snapshots.</summary>
internal sealed partial class Interpreter
{
    private readonly List<StateAhead> _held = [];
    private readonly HashSet<Frame> _released = [];

    /// <summary>Decides before which states the execution stops; null where it never does.</summary>
    public Predicate<StateAhead>? StopsBefore { get; init; }

    /// <summary>The states before which the execution has stopped, in that order.</summary>
    public IReadOnlyList<StateAhead> Held => [.. _held.Where(static one => one.Frame.Phase == FramePhase.Ready)];

    /// <summary>Continues at a breakpoint. A state that was aborted in the meantime stays aborted.</summary>
    public Turn Release(StateAhead state, DateTimeOffset time, JsonValue input, JsonObject assigned)
    {
        SetTime(time);
        if (_held.Remove(state) && state.Frame.Phase == FramePhase.Ready && Status == ExecutionStatus.Running)
        {
            state.Frame.Input = input;
            state.Frame.Variables = state.Frame.Variables.Assign(assigned);
            _released.Add(state.Frame);
            Enqueue(state.Frame);
        }

        return EndTurn();
    }

    /// <summary>Whether a frame stops here.</summary>
    private bool Holds(Frame frame)
    {
        if (StopsBefore is null || frame.Phase != FramePhase.Ready || _released.Remove(frame))
        {
            return false;
        }

        StateAhead ahead = Ahead(frame);
        if (!StopsBefore(ahead))
        {
            return false;
        }

        _held.Add(ahead);
        return true;
    }

    private static StateAhead Ahead(Frame frame)
    {
        string around = string.Empty;
        for (Frame inner = frame; inner.Parent is { } parent; inner = parent)
        {
            around = string.Create(CultureInfo.InvariantCulture, $"{parent.State.Name}[{inner.Index}]/{around}");
        }

        return new(frame)
        {
            Name = frame.State.Name,
            Type = InFlightView.TypeOf(frame.State),
            Around = around,
            Input = frame.Input,
            Variables = Visible(frame.Variables),
        };
    }

    private static JsonObject Visible(VariableScope scope) =>
        scope.Own.Aggregate(scope.Outer is { } outer ? Visible(outer) : JsonObject.Empty, static (all, one) => all.With(one.Key, one.Value));
}

namespace StepFlow.Execution.Frames;

/// <summary>
/// One thread of an execution: the state it is in, with its data. The state machine itself is a frame, and so is
/// each branch of a Parallel and each iteration of an inline Map. Data only.
/// </summary>
internal sealed class Frame
{
    public Frame(StateGraph graph, Frame? parent, int index, JsonValue input, VariableScope variables)
    {
        Parent = parent;
        Index = index;
        State = graph.Start;
        Input = input;
        Variables = variables;
    }

    /// <summary>The frame whose Parallel or Map contains this one; null for the frame of the state machine.</summary>
    public Frame? Parent { get; }

    /// <summary>Which branch or iteration it is, from 0.</summary>
    public int Index { get; }

    public FramePhase Phase { get; set; }

    /// <summary>The state it is in, or enters next.</summary>
    public CompiledState State { get; set; }

    /// <summary>The raw input of <see cref="State"/>; the output once the frame has succeeded.</summary>
    public JsonValue Input { get; set; }

    public VariableScope Variables { get; set; }

    /// <summary>The last event of this frame. Its next event refers to it as the previous event.</summary>
    public long LastEventId { get; set; }

    /// <summary>The event with which <see cref="State"/> was entered; 0 before.</summary>
    public long EnteredEventId { get; set; }

    /// <summary>The previous event of the event with which the state was entered.</summary>
    public long BeforeEnteredEventId { get; set; }

    public DateTimeOffset EnteredTime { get; set; }

    /// <summary>How many attempts of this visit failed before.</summary>
    public int RetryCount { get; set; }

    /// <summary>How often each retrier of the state was used in this visit; null where none was.</summary>
    public int[]? RetrierCounts { get; set; }

    /// <summary>The task it waits for; null outside <see cref="FramePhase.Task"/>.</summary>
    public TaskAttempt? Task { get; set; }

    /// <summary>The timer it waits for; null outside <see cref="FramePhase.Waiting"/> and <see cref="FramePhase.Backoff"/>.</summary>
    public FrameTimer? Timer { get; set; }

    /// <summary>Its branches or iterations; they stay after a failure, for a redrive.</summary>
    public FrameGroup? Group { get; set; }

    /// <summary>Its Map Run; it stays after a failure, for a redrive.</summary>
    public MapRun? MapRun { get; set; }

    /// <summary>Whether the frame is in the queue of frames that can continue.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether it failed or was aborted: only a redrive continues it.</summary>
    public bool IsHalted => Phase is FramePhase.Failed or FramePhase.Aborted;

    /// <summary>Clears what belongs to the visit of a state that was left.</summary>
    public void Leave()
    {
        EnteredEventId = 0;
        RetryCount = 0;
        RetrierCounts = null;
        Group = null;
        MapRun = null;
    }
}

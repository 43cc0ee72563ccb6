using System.Globalization;

namespace StepFlow.Execution.Interpretation;

/// <summary>Collects the states that an execution is in.</summary>
internal static class InFlightView
{
    public static IReadOnlyList<StateInFlight> Of(Interpreter interpreter)
    {
        var states = new List<StateInFlight>();
        if (interpreter.Status == ExecutionStatus.Running)
        {
            Add(states, interpreter.Root, string.Empty);
        }

        return states;
    }

    private static void Add(List<StateInFlight> states, Frame frame, string prefix)
    {
        string path = prefix + frame.State.Name;
        states.Add(new()
        {
            Name = frame.State.Name,
            Type = TypeOf(frame.State),
            Path = path,
            Waiting = frame.Phase switch
            {
                FramePhase.Task => StateWait.Task,
                FramePhase.Waiting => StateWait.Time,
                FramePhase.Backoff => StateWait.Retry,
                FramePhase.Group => StateWait.Branches,
                FramePhase.MapRun => StateWait.MapRun,
                _ => StateWait.None,
            },
            EnteredTime = frame.EnteredEventId > 0 ? frame.EnteredTime : null,
            EnteredEventId = frame.EnteredEventId,
            RetryCount = frame.RetryCount,
            TaskId = frame.Task?.Id,
            Due = frame.Timer?.Due,
            MapRunArn = frame.MapRun?.Arn,
            Total = frame.Group?.Count,
            Succeeded = frame.Group is { } group ? group.Count - group.Remaining : null,
        });
        foreach (Frame? child in frame.Group?.Frames ?? [])
        {
            if (child is not null)
            {
                Add(states, child, string.Create(CultureInfo.InvariantCulture, $"{path}[{child.Index}]/"));
            }
        }
    }

    /// <summary>A state's type, as definitions write it.</summary>
    public static string TypeOf(CompiledState state) => state.Kind.ToString();
}

namespace StepFlow.Execution.Interpretation;

/// <summary>Bounds that protect the host, also where no quotas are in force; in bytes of compact UTF-8.</summary>
internal static class DataBounds
{
    /// <summary>The largest value that a state may produce, or a task receive.</summary>
    public const long Value = Limits.MaxValueBytes;

    /// <summary>The maximum size of an execution's data at one time, in bytes. About the size of its snapshot.</summary>
    public const long Execution = 256L * 1024 * 1024;

    /// <summary>A turn that has made so much ends, so that its history can be written before more is made.</summary>
    public const long Turn = 16L * 1024 * 1024;

    /// <summary>Most events of an Express execution: its history stays in memory until it ends.</summary>
    public const long ExpressEvents = 1_000_000;

    /// <summary>The most that an Express execution may make in all: its history holds it until it ends.</summary>
    public const long ExpressHistory = 1024L * 1024 * 1024;

    /// <summary>The size of an execution's data. A value that is used several times counts once.</summary>
    /// <param name="root">The frame of the state machine.</param>
    public static long Held(Frame root)
    {
        var seen = new HashSet<JsonValue>(ReferenceEqualityComparer.Instance);
        long bytes = 0;
        Add(root, seen, ref bytes);
        return bytes;
    }

    private static void Add(Frame frame, HashSet<JsonValue> seen, ref long bytes)
    {
        Add(frame.Input, seen, ref bytes);
        Add(frame.Variables.Own, seen, ref bytes);
        Add(frame.Task?.Command.Arguments, seen, ref bytes);
        Add(frame.MapRun?.Command.Items, seen, ref bytes);
        if (frame.Group is not { } group)
        {
            return;
        }

        Add((group as MapGroup)?.Items, seen, ref bytes);
        foreach (JsonValue? result in group.Results)
        {
            Add(result, seen, ref bytes);
        }

        foreach (Frame? child in group.Frames)
        {
            if (child is not null)
            {
                Add(child, seen, ref bytes);
            }
        }
    }

    private static void Add(JsonValue? value, HashSet<JsonValue> seen, ref long bytes)
    {
        if (value is not null && seen.Add(value))
        {
            bytes += value.Utf8Length;
        }
    }
}

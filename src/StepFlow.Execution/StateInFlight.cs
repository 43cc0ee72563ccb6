namespace StepFlow.Execution;

/// <summary>A state that an execution is in now.</summary>
public sealed record StateInFlight
{
    public required string Name { get; init; }

    /// <summary>Its type, as the definition writes it (<c>Task</c>, <c>Map</c>).</summary>
    public required string Type { get; init; }

    /// <summary>Its location: the names of the Parallel and Map states that contain it, with the branch or item in brackets (<c>Encode[2]/Upload</c>).</summary>
    public required string Path { get; init; }

    /// <summary>What it waits for.</summary>
    public required StateWait Waiting { get; init; }

    /// <summary>When it was entered; null where it is about to be.</summary>
    public DateTimeOffset? EnteredTime { get; init; }

    /// <summary>The event with which it was entered; 0 where it is about to be.</summary>
    public long EnteredEventId { get; init; }

    /// <summary>How many attempts failed before.</summary>
    public int RetryCount { get; init; }

    /// <summary>The task it waits for, by its command's id; null where it waits for none.</summary>
    public string? TaskId { get; init; }

    /// <summary>When the wait or the pause before a retry ends; null for neither.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The Map Run of a distributed Map; null before it has started, and for other states.</summary>
    public string? MapRunArn { get; init; }

    /// <summary>For a Parallel or inline Map the number of branches or items; else null.</summary>
    public int? Total { get; init; }

    /// <summary>For a Parallel or inline Map how many of them have succeeded; else null.</summary>
    public int? Succeeded { get; init; }
}

/// <summary>What a state waits for.</summary>
public enum StateWait
{
    /// <summary>Nothing: it continues in the next turn.</summary>
    None,

    /// <summary>A task.</summary>
    Task,

    /// <summary>An instant.</summary>
    Time,

    /// <summary>The next attempt.</summary>
    Retry,

    /// <summary>Its branches or iterations.</summary>
    Branches,

    /// <summary>Its Map Run.</summary>
    MapRun,
}

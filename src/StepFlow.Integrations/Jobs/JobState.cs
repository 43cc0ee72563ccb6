namespace StepFlow.Integrations.Jobs;

/// <summary>A job that was started, as it is now.</summary>
/// <param name="Id">What it is known by where it runs.</param>
/// <param name="Phase">How far it is.</param>
internal sealed record JobState(string Id, JobPhase Phase)
{
    /// <summary>When it started; null while it has not.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The program's exit code; null where there is none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it ended, where it did not end well; null where nothing says it.</summary>
    public string? Reason { get; init; }

    /// <summary>The end of what it printed; empty where that is not known.</summary>
    public string LogTail { get; init; } = string.Empty;

    /// <summary>The result that it wrote; null where it wrote none.</summary>
    public JsonValue? Result { get; init; }

    /// <summary>Why it failed, in one text: the reason, and the end of what it printed.</summary>
    public string Failure => string.Join(": ", new[] { Reason, LogTail }.Where(static text => !string.IsNullOrEmpty(text)));
}

/// <summary>How far a job is.</summary>
internal enum JobPhase
{
    /// <summary>It runs, or waits to run.</summary>
    Running,

    /// <summary>It ended well.</summary>
    Succeeded,

    /// <summary>It ended badly.</summary>
    Failed,

    /// <summary>It was stopped.</summary>
    Stopped,
}

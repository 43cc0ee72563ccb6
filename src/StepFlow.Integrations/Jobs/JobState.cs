namespace StepFlow.Integrations.Jobs;

/// <summary>A job that was started, as it is now.</summary>
/// <param name="Id">Its id where it runs.</param>
/// <param name="Phase">How far it is.</param>
internal sealed record JobState(string Id, JobPhase Phase)
{
    /// <summary>When it started; null while it has not.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The program's exit code; null for none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The reason of a failure; null if it is not known.</summary>
    public string? Reason { get; init; }

    /// <summary>The end of its output; empty if it is not known.</summary>
    public string LogTail { get; init; } = string.Empty;

    /// <summary>The result that it wrote; null where it wrote none.</summary>
    public JsonValue? Result { get; init; }

    /// <summary>The failure as one text: the reason, and the end of the output.</summary>
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

namespace StepFlow.Integrations.Processes;

/// <summary>How a child process ended.</summary>
/// <param name="End">Why it ended.</param>
/// <param name="ExitCode">Its exit code; meaningless where it did not exit by itself.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="ErrorTail">The end of its standard error, at most <see cref="ChildProcess.ErrorTailLength"/> characters.</param>
public sealed record ChildResult(ChildEnd End, int ExitCode, ReadOnlyMemory<byte> Output, string ErrorTail)
{
    /// <summary>Whether it exited by itself with 0.</summary>
    public bool Succeeded => End == ChildEnd.Exited && ExitCode == 0;
}

/// <summary>Why a child process ended.</summary>
public enum ChildEnd
{
    /// <summary>It exited by itself.</summary>
    Exited,

    /// <summary>It took too long and was killed.</summary>
    TimedOut,

    /// <summary>It wrote more than it may and was killed.</summary>
    OutputTooLarge,

    /// <summary>It could not be started. The error tail has the reason.</summary>
    NotStarted,
}

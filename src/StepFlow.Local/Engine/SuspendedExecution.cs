namespace StepFlow.Local.Engine;

/// <summary>An execution that cannot go on for now: its state could not be restored, or this program failed on it.</summary>
/// <param name="Arn">The execution.</param>
/// <param name="Reason">What went wrong last.</param>
/// <param name="Attempts">How often it was tried since it last went on, from 1.</param>
/// <param name="RetryTime">When it is tried again by itself; any signal to it tries it before.</param>
internal sealed record SuspendedExecution(string Arn, Exception Reason, int Attempts, DateTimeOffset RetryTime)
{
    /// <summary>What is told to whoever asks.</summary>
    public string Message =>
        $"Execution {Arn} is suspended: it cannot go on ({Reason.Message}). It is tried again at {RetryTime:O}; StopExecution ends it.";
}

/// <summary>A suspended execution cannot take a signal.</summary>
internal sealed class SuspendedException(SuspendedExecution suspended) : Exception(suspended.Message, suspended.Reason);

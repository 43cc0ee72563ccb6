namespace StepFlow.Integrations.Processes;

/// <summary>The programs that tasks run on this machine. Settings: <c>StepFlow:Processes:…</c>.</summary>
public sealed class ProcessOptions
{
    /// <summary>
    /// Bytes of memory that they may take together: 64 MiB to 64 TiB, by default three quarters of what the machine or the
    /// container has. A task whose program does not fit waits for those that run.
    /// </summary>
    public long? MemoryBytes { get; set; }
}

namespace StepFlow.Integrations.Processes;

/// <summary>The programs that tasks run on this machine. Settings: <c>StepFlow:Processes:…</c>.</summary>
public sealed class ProcessOptions
{
    /// <summary>
    /// Maximum bytes of memory of all programs together: 64 MiB to 64 TiB, by default three quarters of the memory of the
    /// machine or container. A program that does not fit waits.
    /// </summary>
    public long? MemoryBytes { get; set; }
}

using System.Globalization;

namespace StepFlow.Integrations.Processes;

/// <summary>Programs of other tasks hold the memory that a program needs. The host repeats the task, on Azure perhaps on another instance.</summary>
/// <param name="bytes">The memory that the program needs.</param>
public sealed class MemoryInUseException(long bytes) : TaskOutageException(string.Create(
    CultureInfo.InvariantCulture,
    $"The programs of other tasks use all memory for programs ('{TaskErrors.Section}:Processes:MemoryBytes'), but this task needs {bytes} bytes."));

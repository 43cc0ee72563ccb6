using StepFlow.Integrations.Tasks;

namespace StepFlow.Local.Failures;

/// <summary>The data file temporarily cannot be written or read (a full disk, an error of the disk). The request can be repeated.</summary>
internal sealed class JournalUnavailableException(string message, Exception inner) : TaskOutageException(message, inner);

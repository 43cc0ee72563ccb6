using StepFlow.Integrations.Tasks;

namespace StepFlow.Local.Failures;

/// <summary>The data file cannot be written, or read, for now (a full disk, an error of it). What was asked for may be asked for again.</summary>
internal sealed class JournalUnavailableException(string message, Exception inner) : TaskOutageException(message, inner);

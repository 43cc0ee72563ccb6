namespace StepFlow.Local.Failures;

/// <summary>The data file takes no writes for now (a full disk, an error of it). What was asked for was not done and may be asked for again.</summary>
internal sealed class JournalUnavailableException(string message, Exception inner) : Exception(message, inner);

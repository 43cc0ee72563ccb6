namespace StepFlow.Local.Journal;

/// <summary>A probe throws it to simulate a crash.</summary>
internal sealed class JournalHaltedException() : Exception("The journal was halted.");

namespace StepFlow.Local.Journal;

/// <summary>A probe's way to play a crash.</summary>
internal sealed class JournalHaltedException() : Exception("The journal was halted.");

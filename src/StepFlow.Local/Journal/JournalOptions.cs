namespace StepFlow.Local.Journal;

/// <summary>How the journal stores its data.</summary>
internal sealed record JournalOptions
{
    /// <summary>The folder of the data file; made where it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether a commit waits until it is on the disk (<c>synchronous=FULL</c>). The default. Without it a power failure can lose the last turns.</summary>
    public bool Synchronous { get; init; } = true;

    /// <summary>Payloads of more bytes are stored once, under their content hash, and referenced.</summary>
    public int PayloadThreshold { get; init; } = 8 * 1024;

    /// <summary>For tests: called around each commit. An exception stops the journal like a crash.</summary>
    public IJournalProbe? Probe { get; init; }
}

namespace StepFlow.Local.Journal;

/// <summary>How the journal keeps its data.</summary>
internal sealed record JournalOptions
{
    /// <summary>The folder of the data file; made where it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether a commit waits until the disk has it (<c>synchronous=FULL</c>). The default; without it a power cut loses the last turns.</summary>
    public bool Synchronous { get; init; } = true;

    /// <summary>Payloads of more bytes are kept once, by content hash, and referenced.</summary>
    public int PayloadThreshold { get; init; } = 8 * 1024;

    /// <summary>For tests: called around each commit; what it throws stops the journal as a crash would.</summary>
    public IJournalProbe? Probe { get; init; }
}

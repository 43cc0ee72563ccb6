namespace StepFlow.Local.Journal;

/// <summary>Something to be written. Writes that wait together share a commit.</summary>
internal abstract class JournalWrite
{
    /// <summary>Its approximate size in memory, in bytes.</summary>
    public virtual long Size => 0;

    /// <summary>Whether the write belongs to a new request, which its caller can repeat. Such writes are rejected during an outage of the disk.</summary>
    public virtual bool MayBeRefused => false;

    /// <summary>Makes the changes. Called on the thread that writes, inside its transaction.</summary>
    public abstract void Apply(JournalStatements statements);

    /// <summary>The changes are durable. Called on the thread that writes: must be brief.</summary>
    public abstract void Committed();

    /// <summary>The changes were not made. Called on the thread that writes: must be brief.</summary>
    public abstract void Failed(Exception reason);

    /// <summary>The disk takes no writes for now; the changes are made when it does. Called on the thread that writes, perhaps repeatedly: must be brief.</summary>
    public virtual void Delayed(Exception reason)
    {
    }
}

namespace StepFlow.Local.Journal;

/// <summary>Something to be written. Writes that wait together share a commit.</summary>
internal abstract class JournalWrite
{
    /// <summary>About how many bytes it holds in memory until it is made.</summary>
    public virtual long Size => 0;

    /// <summary>Whether it was asked for only just now by somebody who can ask again: where the disk takes no writes for a while, it is refused.</summary>
    public virtual bool MayBeRefused => false;

    /// <summary>Makes the changes. Called on the writer's thread, inside its transaction.</summary>
    public abstract void Apply(JournalStatements statements);

    /// <summary>The changes are durable. Called on the writer's thread: must be brief.</summary>
    public abstract void Committed();

    /// <summary>The changes were not made. Called on the writer's thread: must be brief.</summary>
    public abstract void Failed(Exception reason);

    /// <summary>The disk takes no writes for now; the changes are made when it does. Called on the writer's thread, perhaps repeatedly: must be brief.</summary>
    public virtual void Delayed(Exception reason)
    {
    }
}

using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Plays a crash, or a failing disk, at one commit.</summary>
internal sealed class CommitProbe(int at, bool before, Exception? failure = null) : IJournalProbe
{
    private int _commits;

    /// <summary>Ends when the crash came.</summary>
    public TaskCompletionSource Struck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Commits => _commits;

    public void BeforeCommit(int writes)
    {
        if (++_commits == at && before)
        {
            Strike();
        }
    }

    public void AfterCommit(int writes)
    {
        if (_commits == at && !before)
        {
            Strike();
        }
    }

    private void Strike()
    {
        Struck.TrySetResult();
        throw failure ?? new JournalHaltedException();
    }
}

using Microsoft.Data.Sqlite;
using StepFlow.Local.Journal;

namespace StepFlow.Local.Tests.Engine;

/// <summary>A disk that is full as long as the test says.</summary>
internal sealed class FullDisk : IJournalProbe
{
    private const int Full = 13;
    private volatile bool _isFull;

    public bool IsFull
    {
        get => _isFull;
        set => _isFull = value;
    }

    public void BeforeCommit(int writes)
    {
        if (_isFull)
        {
            throw new SqliteException("SQLite Error 13: 'database or disk is full'.", Full);
        }
    }

    public void AfterCommit(int writes)
    {
    }
}

namespace StepFlow.Local.Journal;

/// <summary>Watches commits. A probe that throws makes the journal stop there, as if the process had been killed.</summary>
internal interface IJournalProbe
{
    /// <summary>The writes of a batch were made but not committed.</summary>
    void BeforeCommit(int writes);

    /// <summary>The batch is durable, but no caller has been notified.</summary>
    void AfterCommit(int writes);
}

namespace StepFlow.Local.Failures;

/// <summary>The problem of a data folder.</summary>
internal enum JournalProblem
{
    /// <summary>Another process has it open.</summary>
    Locked,

    /// <summary>A newer version of StepFlow wrote it.</summary>
    Newer,

    /// <summary>The file is damaged, or is not a data file of StepFlow.</summary>
    Corrupt,

    /// <summary>The folder or file cannot be read or written.</summary>
    Inaccessible,
}

namespace StepFlow.Local.Failures;

/// <summary>What is wrong with a data folder.</summary>
internal enum JournalProblem
{
    /// <summary>Another process has it open.</summary>
    Locked,

    /// <summary>A newer version of StepFlow wrote it.</summary>
    Newer,

    /// <summary>The file is damaged, or is no StepFlow data file.</summary>
    Corrupt,

    /// <summary>The folder or file cannot be read or written.</summary>
    Inaccessible,
}

namespace StepFlow.Runtime.Problems;

/// <summary>The kind of a problem.</summary>
public enum ExecutionProblemKind
{
    /// <summary>The execution itself cannot continue: its state could not be restored, or an operator suspended its orchestration.</summary>
    Suspended,

    /// <summary>A task is called repeatedly, because each call fails with an outage.</summary>
    TaskRepeated,

    /// <summary>The Map Run of a distributed Map failed in the host, and is repeated.</summary>
    MapRunRepeated,
}

namespace StepFlow.Runtime.Problems;

/// <summary>What keeps an execution from going on.</summary>
public enum ExecutionProblemKind
{
    /// <summary>The execution itself cannot go on: its state could not be restored, or somebody suspended its orchestration.</summary>
    Suspended,

    /// <summary>A task is called again and again, because what it calls cannot answer.</summary>
    TaskRepeated,

    /// <summary>The Map Run of a distributed Map failed in the host, and is repeated.</summary>
    MapRunRepeated,
}

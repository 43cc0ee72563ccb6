namespace StepFlow.Execution;

/// <summary>What became of a single state (API type <c>TestExecutionStatus</c>).</summary>
public enum SingleStateStatus
{
    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>It failed: nothing retries or catches the failure.</summary>
    Failed,

    /// <summary>It failed and would be tried again.</summary>
    Retriable,

    /// <summary>It failed, and a catcher takes the failure.</summary>
    CaughtError,
}

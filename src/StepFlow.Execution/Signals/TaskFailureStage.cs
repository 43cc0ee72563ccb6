namespace StepFlow.Execution.Signals;

/// <summary>How far a task had come when it failed; the history names each differently (<c>TaskStartFailed</c>, <c>TaskSubmitFailed</c>, …).</summary>
public enum TaskFailureStage
{
    /// <summary>It ran, or its request failed.</summary>
    Run,

    /// <summary>It could not be scheduled (a function or activity that does not exist).</summary>
    Schedule,

    /// <summary>Its request could not be started.</summary>
    Start,

    /// <summary>Its request was refused where its end would have been awaited.</summary>
    Submit,
}

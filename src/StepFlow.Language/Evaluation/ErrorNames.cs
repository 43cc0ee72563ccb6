namespace StepFlow.Language.Evaluation;

/// <summary>The error names of Step Functions itself (Amazon States Language, "Appendix A: Predefined Error Codes", and names that only the service has).</summary>
public static class ErrorNames
{
    /// <summary>Matches any error except <see cref="Runtime"/> and <see cref="DataLimitExceeded"/>. It must be alone and last.</summary>
    public const string All = "States.ALL";

    /// <summary>A task did not send a heartbeat in time.</summary>
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";

    /// <summary>A task or the machine ran out of time.</summary>
    public const string Timeout = "States.Timeout";

    /// <summary>Matches any failure of a task but <see cref="Timeout"/>.</summary>
    public const string TaskFailed = "States.TaskFailed";

    /// <summary>The task was not permitted to do its work.</summary>
    public const string Permissions = "States.Permissions";

    /// <summary>A result could not be put at ResultPath.</summary>
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";

    /// <summary>A path of a payload template matched nothing.</summary>
    public const string ParameterPathFailure = "States.ParameterPathFailure";

    /// <summary>A branch of a Parallel failed.</summary>
    public const string BranchFailed = "States.BranchFailed";

    /// <summary>No rule of a Choice matched.</summary>
    public const string NoChoiceMatched = "States.NoChoiceMatched";

    /// <summary>An intrinsic function could not be evaluated.</summary>
    public const string IntrinsicFailure = "States.IntrinsicFailure";

    /// <summary>More items of a Map failed than tolerated.</summary>
    public const string ExceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold";

    /// <summary>A Map could not read its items.</summary>
    public const string ItemReaderFailed = "States.ItemReaderFailed";

    /// <summary>A Map could not write its results.</summary>
    public const string ResultWriterFailed = "States.ResultWriterFailed";

    /// <summary>The definition cannot process its data. Never retried or caught by <see cref="All"/>.</summary>
    public const string Runtime = "States.Runtime";

    /// <summary>An input, output or result is larger than the quota.</summary>
    public const string DataLimitExceeded = "States.DataLimitExceeded";

    /// <summary>A JSONata expression failed.</summary>
    public const string QueryEvaluationError = "States.QueryEvaluationError";
}

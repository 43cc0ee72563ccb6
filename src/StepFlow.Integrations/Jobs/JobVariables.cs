namespace StepFlow.Integrations.Jobs;

/// <summary>The environment variables between a function that a job runs and the job's program.</summary>
internal static class JobVariables
{
    /// <summary>The function's name.</summary>
    public const string Function = "STEPFLOW_FUNCTION";

    /// <summary>The payload as JSON, for a job that has no standard input.</summary>
    public const string Input = "STEPFLOW_JOB_INPUT";

    /// <summary>The blob with the payload, as <c>CONTAINER/BLOB</c>, where the payload is too long for a variable.</summary>
    public const string InputBlob = "STEPFLOW_INPUT_BLOB";

    public const string ResultFile = "STEPFLOW_RESULT_FILE";

    /// <summary>The blob for the result, as <c>CONTAINER/BLOB</c>.</summary>
    public const string ResultBlob = "STEPFLOW_RESULT_BLOB";
}

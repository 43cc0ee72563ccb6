namespace StepFlow.Functions.Activities;

/// <summary>The names of the durable functions. Running executions call them by these: never rename one.</summary>
internal static class ActivityNames
{
    public const string Orchestrator = "ExecutionOrchestrator";
    public const string RunTask = "RunTask";
    public const string AppendHistory = "AppendHistory";
    public const string FinishExecution = "FinishExecution";
    public const string ReadPayload = "ReadPayload";
    public const string WritePayload = "WritePayload";
    public const string ReadEnd = "ReadEnd";
    public const string RedriveChild = "RedriveChild";
    public const string CancelTask = "CancelTask";
    public const string ReadObject = "ReadObject";
    public const string ListObjects = "ListObjects";
    public const string WriteObject = "WriteObject";
    public const string EnqueueActivityTask = "EnqueueActivityTask";
    public const string RemoveActivityTask = "RemoveActivityTask";
}

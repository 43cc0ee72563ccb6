namespace StepFlow.Functions.Messages;

/// <summary>The names of the durable functions. Running executions call them by these: never rename one.</summary>
internal static class ActivityNames
{
    public const string Orchestrator = "ExecutionOrchestrator";
    public const string MapRunOrchestrator = "MapRunOrchestrator";
    public const string RunTask = "RunTask";
    public const string AppendHistory = "AppendHistory";
    public const string FinishExecution = "FinishExecution";
    public const string ReadPayload = "ReadPayload";
    public const string WritePayload = "WritePayload";
    public const string CancelTask = "CancelTask";
    public const string ReadChildren = "ReadChildren";
    public const string RunChildren = "RunChildren";
    public const string StartChildren = "StartChildren";
    public const string StopExpressChildren = "StopExpressChildren";
    public const string StopChildren = "StopChildren";
    public const string FindEndedChildren = "FindEndedChildren";
    public const string FinishMapRun = "FinishMapRun";
    public const string EnqueueActivityTask = "EnqueueActivityTask";
    public const string RemoveActivityTask = "RemoveActivityTask";
}

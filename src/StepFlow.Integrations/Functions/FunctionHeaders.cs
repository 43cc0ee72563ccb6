namespace StepFlow.Integrations.Functions;

/// <summary>The metadata of a call for a function: as HTTP headers, and as environment variables of a process.</summary>
internal static class FunctionHeaders
{
    public const string IdempotencyKey = "Idempotency-Key";
    public const string TraceParent = "traceparent";
    public const string ExecutionArn = "x-stepflow-execution-arn";
    public const string StateName = "x-stepflow-state";
    public const string RetryCount = "x-stepflow-retry-count";
    public const string Deadline = "x-stepflow-deadline";
    public const string FunctionsKey = "x-functions-key";
}

using System.Globalization;

namespace StepFlow.Integrations.Tasks;

/// <summary>The environment variables with the data of a task, for the program that it runs.</summary>
internal static class TaskEnvironment
{
    /// <summary>The variables.</summary>
    /// <param name="own">The program's variables. Those of the task override them.</param>
    public static Dictionary<string, string> Of(TaskCall call, IEnumerable<KeyValuePair<string, string>> own)
    {
        var environment = new Dictionary<string, string>(own)
        {
            ["STEPFLOW_IDEMPOTENCY_KEY"] = call.IdempotencyKey,
            ["STEPFLOW_EXECUTION_ARN"] = call.ExecutionArn,
            ["STEPFLOW_STATE"] = call.StateName,
            ["STEPFLOW_RETRY_COUNT"] = call.RetryCount.ToString(CultureInfo.InvariantCulture),
        };
        if (call.Deadline is { } deadline)
        {
            environment["STEPFLOW_DEADLINE"] = deadline.ToString("O", CultureInfo.InvariantCulture);
        }

        if (call.TraceParent is { } trace)
        {
            environment["TRACEPARENT"] = trace;
        }

        return environment;
    }
}

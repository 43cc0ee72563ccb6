using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>What executions must end like.</summary>
internal static class Expect
{
    /// <summary>Succeeded, with this output.</summary>
    public static Func<ExecutionRecord, IEnumerable<string>> Output(JsonNode? output) => Succeeds(
        actual => JsonNode.DeepEquals(actual, output) ? null : $"The output is {Short(actual)} instead of {Short(output)}.");

    /// <summary>Succeeded, with an output that a check accepts: it returns null, or what is wrong.</summary>
    public static Func<ExecutionRecord, IEnumerable<string>> Succeeds(Func<JsonNode?, string?> check) => execution =>
        execution.Status != "SUCCEEDED" ? [Ended(execution, "SUCCEEDED")]
        : check(JsonNode.Parse(execution.Output!)) is { } problem ? [problem]
        : [];

    /// <summary>Ended with this status, error and cause; null where it does not matter.</summary>
    public static Func<ExecutionRecord, IEnumerable<string>> End(string status, string? error = null, string? cause = null) => execution =>
        execution.Status != status || (error is not null && execution.Error != error) || (cause is not null && execution.Cause != cause)
            ? [Ended(execution, $"{status} {error} {cause}".TrimEnd())]
            : [];

    private static string Ended(ExecutionRecord execution, string expected) =>
        $"It is {execution.Status} {execution.Error} {execution.Cause}".TrimEnd() + $" instead of {expected}; the last event is {execution.Last?.Type}.";

    private static string Short(JsonNode? value) => value?.ToJsonString() is { Length: <= 200 } text ? text : value?.ToJsonString()[..200] + "…";
}

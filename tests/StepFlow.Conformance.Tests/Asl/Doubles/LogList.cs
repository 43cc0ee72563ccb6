using StepFlow.Language.Json;
using StepFlow.Runtime.Telemetry;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>The records of execution logs, of all log groups.</summary>
internal sealed class LogList : IExecutionLogSink
{
    private readonly List<ExecutionLogEntry> _entries = [];

    public void Write(ExecutionLogEntry entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
        }
    }

    /// <summary>The records of a log group, or of all.</summary>
    /// <param name="group">The group's name; null for all groups.</param>
    public IReadOnlyList<JsonObject> Of(string? group = null)
    {
        lock (_entries)
        {
            return [.. _entries.Where(entry => group is null || NameOf(entry.LogGroupArn) == group).Select(static entry => entry.Record)];
        }
    }

    /// <summary>The name in the ARN of a log group: <c>arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*</c>.</summary>
    private static string? NameOf(string? arn) => arn?.Split(':') is [_, _, "logs", _, _, "log-group", var name, ..] ? name : arn;
}

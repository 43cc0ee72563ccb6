using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Checking;

/// <summary>An execution as the API shows it at the end of a run.</summary>
/// <param name="Description">The response of DescribeExecution.</param>
/// <param name="Events">Its history: whole, or the beginning of one that is very long.</param>
/// <param name="Tail">The last events of a history that is not read whole; empty otherwise.</param>
internal sealed record ExecutionRecord(JsonObject Description, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<HistoryEvent> Tail)
{
    /// <summary>A whole history.</summary>
    public ExecutionRecord(JsonObject description, IReadOnlyList<HistoryEvent> events)
        : this(description, events, [])
    {
    }

    /// <summary>The last event; null where there is none.</summary>
    public HistoryEvent? Last => Tail.Count > 0 ? Tail[^1] : Events.Count > 0 ? Events[^1] : null;

    public string Arn => (string)Description["executionArn"]!;

    public string Status => (string)Description["status"]!;

    /// <summary>The output's text; null for none.</summary>
    public string? Output => (string?)Description["output"];

    public string? Error => (string?)Description["error"];

    public string? Cause => (string?)Description["cause"];
}

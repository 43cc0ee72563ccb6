using System.Text.Json.Nodes;

namespace StepFlow.Reliability.Checking;

/// <summary>An execution as the API shows it at the end of a run.</summary>
/// <param name="Description">What DescribeExecution answers.</param>
/// <param name="Events">Its whole history.</param>
internal sealed record ExecutionRecord(JsonObject Description, IReadOnlyList<HistoryEvent> Events)
{
    public string Arn => (string)Description["executionArn"]!;

    public string Status => (string)Description["status"]!;

    /// <summary>The output's text; null for none.</summary>
    public string? Output => (string?)Description["output"];

    public string? Error => (string?)Description["error"];

    public string? Cause => (string?)Description["cause"];
}

namespace StepFlow.Runtime.Ports;

/// <summary>An execution as lists show it: without its payloads.</summary>
public sealed record ExecutionSummary
{
    public required string ExecutionArn { get; init; }

    public required string Name { get; init; }

    public required string StateMachineArn { get; init; }

    /// <summary>The version it was started through; null for none.</summary>
    public string? StateMachineVersionArn { get; init; }

    /// <summary>The alias it was started through; null for none.</summary>
    public string? StateMachineAliasArn { get; init; }

    /// <summary>The Map Run whose child it is; null for none.</summary>
    public string? MapRunArn { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>The index of the item that a child of a Map Run works on; null for another execution, and for a batch.</summary>
    public long? ItemIndex { get; init; }

    /// <summary>The index of the item that an execution works on, from its start.</summary>
    public static long? ItemIndexOf(ExecutionStart start) =>
        start.MapContext?["Item"] is JsonObject item && item["Index"] is JsonNumber number && number.TryGetInt64(out long index) ? index : null;

    public static ExecutionSummary Of(ExecutionRecord execution) => new()
    {
        ExecutionArn = execution.Start.ExecutionArn,
        Name = execution.Start.Name,
        StateMachineArn = execution.Start.StateMachineArn,
        StateMachineVersionArn = execution.Start.StateMachineVersionArn,
        StateMachineAliasArn = execution.Start.StateMachineAliasArn,
        MapRunArn = execution.Start.MapRunArn,
        Status = execution.Status,
        StartTime = execution.Start.StartTime,
        StopTime = execution.StopTime,
        RedriveCount = execution.RedriveCount,
        RedriveTime = execution.RedriveTime,
        ItemIndex = ItemIndexOf(execution.Start),
    };
}

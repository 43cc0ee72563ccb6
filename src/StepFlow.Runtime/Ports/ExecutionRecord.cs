using StepFlow.Execution;
using StepFlow.Language.Json;

namespace StepFlow.Runtime.Ports;

/// <summary>An execution as a host knows it.</summary>
public sealed record ExecutionRecord
{
    /// <summary>How it was started.</summary>
    public required ExecutionStart Start { get; init; }

    /// <summary>The definition's text that it is pinned to.</summary>
    public required string Definition { get; init; }

    /// <summary>The state machine's configuration at the start, as <see cref="ExecutionRequest.Configuration"/> gave it.</summary>
    public JsonObject Configuration { get; init; } = JsonObject.Empty;

    /// <summary>The X-Ray trace header given at the start; null for none.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The execution that started this one; null for none.</summary>
    public string? ParentExecutionArn { get; init; }

    /// <summary>The idempotency key of the task that started this one; null for none, and where an older version wrote the record.</summary>
    public string? ParentTask { get; init; }

    /// <summary>The test case of a mock configuration; null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>The status.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>The output; null until it succeeded.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The error; null where it has none.</summary>
    public string? Error { get; init; }

    /// <summary>The cause; null where it has none.</summary>
    public string? Cause { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>The number of its history events.</summary>
    public long EventCount { get; init; }
}

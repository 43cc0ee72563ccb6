namespace StepFlow.Runtime.Ports;

/// <summary>The data that a host needs to start an execution.</summary>
/// <param name="Definition">The definition's text. Later updates of the state machine do not change it.</param>
public sealed record ExecutionRequest(ExecutionStart Start, string Definition)
{
    /// <summary>The execution that started this one; stopped together with it. Null for none.</summary>
    public string? ParentExecutionArn { get; init; }

    /// <summary>The idempotency key of the task that started this one. A repetition of the task finds the execution by it. Null for none.</summary>
    public string? ParentTask { get; init; }

    /// <summary>The test case of a mock configuration (<c>#testcase</c>); null for none.</summary>
    public string? MockTestCase { get; init; }

    /// <summary>
    /// The state machine's configuration at the start: <c>revisionId</c>, <c>updateDate</c>, <c>loggingConfiguration</c>,
    /// <c>tracingConfiguration</c>, <c>encryptionConfiguration</c> (DescribeStateMachineForExecution). Stored with the execution.
    /// </summary>
    public JsonObject Configuration { get; init; } = JsonObject.Empty;

    /// <summary>The X-Ray trace header given at the start; null for none.</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The request of a Map Run's child, of the execution that this one starts.</summary>
    /// <param name="definition">The child's definition; empty for one in memory.</param>
    public ExecutionRequest ForChild(ExecutionStart start, string definition) => this with { Start = start, Definition = definition, ParentExecutionArn = Start.ExecutionArn, ParentTask = null };
}

/// <summary>What became of a start.</summary>
/// <param name="Execution">The execution of that ARN.</param>
/// <param name="Created">Whether this start created it.</param>
public sealed record StartOutcome(ExecutionRecord Execution, bool Created);

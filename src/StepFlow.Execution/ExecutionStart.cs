namespace StepFlow.Execution;

/// <summary>The data with which an execution starts, without its definition. Part of its snapshot.</summary>
public sealed record ExecutionStart
{
    /// <summary>The execution's ARN (<c>$$.Execution.Id</c>).</summary>
    public required string ExecutionArn { get; init; }

    public required string Name { get; init; }

    /// <summary>The state machine's ARN (<c>$$.StateMachine.Id</c>).</summary>
    public required string StateMachineArn { get; init; }

    public required string StateMachineName { get; init; }

    /// <summary>The role's ARN, as the state machine has it; empty for none (TestState without a role).</summary>
    public required string RoleArn { get; init; }

    public required JsonValue Input { get; init; }

    /// <summary>When it starts (<c>$$.Execution.StartTime</c>).</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The region that <c>TaskScheduled</c> events name.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>
    /// The text that <see cref="Input"/> was read from, if the history must show it as it was sent (ExecutionStarted
    /// and the first state). Null if the history shows the compact text of the value.
    /// </summary>
    public string? InputText { get; init; }

    /// <summary>Whether it is an Express execution.</summary>
    public bool IsExpress { get; init; }

    /// <summary>Whether its caller waits for it (StartSyncExecution, TestState): an execution like this cannot be redriven, and its context object has no redrive count.</summary>
    public bool IsSynchronous { get; init; }

    /// <summary>The quotas in force.</summary>
    public Limits Limits { get; init; } = Limits.None;

    /// <summary>The version's or alias' ARN it was started through; null for neither.</summary>
    public string? StateMachineVersionArn { get; init; }

    /// <summary>
    /// How many steps the expressions of one turn may take before the turn ends, and the execution continues in the next one.
    /// Null for no bound: so are executions that an earlier version started, whose stored turns must be the same again. Default
    /// <see cref="WorkflowExecution.StepsPerTurn"/>.
    /// </summary>
    public long? TurnSteps { get; init; } = WorkflowExecution.StepsPerTurn;

    /// <summary>Whether the first turn only records the start, and the states follow in the next turn. See <see cref="WorkflowExecution.StartBriefly"/>.</summary>
    public bool DefersFirstTurn { get; init; }

    /// <summary>
    /// Whether a branch or an iteration with which a turn ends goes behind the others, so that one that never waits does not keep
    /// the others from their states. False for executions that an earlier version started, whose stored turns must be the same again.
    /// </summary>
    public bool BranchesTakeTurns { get; init; } = true;

    /// <summary>The alias' ARN it was started through; null for none.</summary>
    public string? StateMachineAliasArn { get; init; }

    /// <summary>
    /// A secret of at least 128 random bits, from which the execution derives its task tokens. Drawn by the host from a
    /// cryptographic source; null where no task is completed by a token.
    /// </summary>
    public string? TokenSecret { get; init; }

    /// <summary>The ARN of the Map Run whose child this execution is; null for other executions.</summary>
    public string? MapRunArn { get; init; }

    /// <summary>For a child of a Map Run, the <c>Map</c> member of its context object; null for other executions.</summary>
    public JsonObject? MapContext { get; init; }
}

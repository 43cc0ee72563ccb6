namespace StepFlow.Functions.Orchestration;

/// <summary>What a task waits for whose request was accepted: its token or worker, where nothing else is set.</summary>
internal sealed record AcceptedTask
{
    /// <summary>The ARN of the execution that it started; null for none.</summary>
    public string? ChildExecutionArn { get; init; }

    /// <summary>How the job that it started is found again; null for none.</summary>
    public string? JobReference { get; init; }

    /// <summary>When that job is asked for again.</summary>
    public DateTimeOffset AskAgain { get; init; }
}

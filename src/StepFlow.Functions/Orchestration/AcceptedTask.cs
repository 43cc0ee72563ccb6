namespace StepFlow.Functions.Orchestration;

/// <summary>The state of a task whose request was accepted. It waits for its token or worker if nothing else is set.</summary>
internal sealed record AcceptedTask
{
    /// <summary>The ARN of the execution that it started; null for none.</summary>
    public string? ChildExecutionArn { get; init; }

    /// <summary>How the job that it started is found again; null for none.</summary>
    public string? JobReference { get; init; }

    /// <summary>When the state of that job is read again.</summary>
    public DateTimeOffset PollTime { get; init; }
}

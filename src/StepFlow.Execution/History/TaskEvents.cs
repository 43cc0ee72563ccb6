namespace StepFlow.Execution.History;

/// <summary>The details of <c>TaskScheduled</c>.</summary>
/// <param name="ResourceType">The service (<c>lambda</c>, <c>aws-sdk:s3</c>).</param>
/// <param name="Resource">The action with its pattern (<c>startExecution.sync:2</c>).</param>
/// <param name="Parameters">The arguments of the task's call.</param>
public sealed record TaskScheduledDetails(string ResourceType, string Resource, string Region, JsonValue Parameters) : EventDetails
{
    /// <summary>The task's timeout in seconds; null where none is set.</summary>
    public long? TimeoutInSeconds { get; init; }

    /// <summary>The task's heartbeat in seconds; null where none is set.</summary>
    public long? HeartbeatInSeconds { get; init; }

    /// <summary>The role of the task's Credentials; null where there are none.</summary>
    public string? CredentialsRoleArn { get; init; }
}

/// <summary>The details of <c>LambdaFunctionScheduled</c>.</summary>
/// <param name="Resource">The function's ARN.</param>
/// <param name="Input">The arguments of the call.</param>
public sealed record LambdaFunctionScheduledDetails(string Resource, JsonValue Input) : EventDetails
{
    /// <inheritdoc cref="TaskScheduledDetails.TimeoutInSeconds"/>
    public long? TimeoutInSeconds { get; init; }

    /// <inheritdoc cref="TaskScheduledDetails.CredentialsRoleArn"/>
    public string? CredentialsRoleArn { get; init; }
}

/// <summary>The details of <c>ActivityScheduled</c>.</summary>
/// <param name="Resource">The activity's ARN.</param>
/// <param name="Input">The input that the worker receives.</param>
public sealed record ActivityScheduledDetails(string Resource, JsonValue Input) : EventDetails
{
    /// <inheritdoc cref="TaskScheduledDetails.TimeoutInSeconds"/>
    public long? TimeoutInSeconds { get; init; }

    /// <inheritdoc cref="TaskScheduledDetails.HeartbeatInSeconds"/>
    public long? HeartbeatInSeconds { get; init; }
}

/// <summary>The details of <c>ActivityStarted</c>.</summary>
/// <param name="WorkerName">The worker; null where it gave no name.</param>
public sealed record ActivityStartedDetails(string? WorkerName) : EventDetails;

/// <summary>The details of <c>TaskStarted</c>.</summary>
/// <param name="ResourceType">The service.</param>
/// <param name="Resource">The action.</param>
public sealed record TaskStartedDetails(string ResourceType, string Resource) : EventDetails;

/// <summary>The details of <c>TaskSubmitted</c> and <c>TaskSucceeded</c>.</summary>
/// <param name="ResourceType">The service.</param>
/// <param name="Resource">The action.</param>
/// <param name="Output">The response, or the task's output.</param>
public sealed record TaskOutputDetails(string ResourceType, string Resource, JsonValue Output) : EventDetails;

/// <summary>The details of <c>TaskFailed</c>, <c>TaskTimedOut</c>, <c>TaskStartFailed</c> and <c>TaskSubmitFailed</c>.</summary>
/// <param name="ResourceType">The service.</param>
/// <param name="Resource">The action.</param>
/// <param name="Error">The error name; null where there is none.</param>
/// <param name="Cause">The cause; null where there is none.</param>
public sealed record TaskFailureDetails(string ResourceType, string Resource, string? Error, string? Cause) : EventDetails;

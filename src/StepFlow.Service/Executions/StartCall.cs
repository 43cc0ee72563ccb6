namespace StepFlow.Service.Executions;

/// <summary>The request to start an execution.</summary>
internal sealed record StartCall
{
    /// <summary>A state machine, a version or an alias; may end in <c>#testcase</c>.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>The execution's name; null draws one.</summary>
    public string? Name { get; init; }

    /// <summary>The input's text; null for an empty object.</summary>
    public string? Input { get; init; }

    public string? TraceHeader { get; init; }

    /// <summary>The execution that starts this one; null for none.</summary>
    public string? ParentExecutionArn { get; init; }

    /// <summary>The idempotency key of the task that starts this one; null for none.</summary>
    public string? ParentTask { get; init; }

    /// <summary>The access key or the signed-in caller; null for neither.</summary>
    public string? StartedBy { get; init; }

    /// <summary>The call that StartExecution's and StartSyncExecution's request makes.</summary>
    public static StartCall From(JsonObject request, CallerContext caller) => new()
    {
        StartedBy = caller.Name,
        StateMachineArn = request.RequiredText("stateMachineArn"),
        Name = request.Text("name"),
        Input = request.Text("input"),
        TraceHeader = request.Text("traceHeader"),
    };
}

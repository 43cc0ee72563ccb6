namespace StepFlow.Execution.History;

/// <summary>The details of the <c>…StateEntered</c> events.</summary>
/// <param name="Input">Its raw input.</param>
public sealed record StateEnteredDetails(string Name, JsonValue Input) : EventDetails
{
    /// <summary>The execution's input as it was sent, on its first state; else null.</summary>
    public string? InputText { get; init; }
}

/// <summary>The details of the <c>…StateExited</c> events.</summary>
/// <param name="AssignedVariables">The variables that its Assign set; null where it has none.</param>
public sealed record StateExitedDetails(string Name, JsonValue Output, JsonObject? AssignedVariables) : EventDetails;

/// <summary>The details of <c>EvaluationFailed</c>.</summary>
/// <param name="Location">The field that failed (<c>Output/v</c>).</param>
public sealed record EvaluationFailedDetails(string State, string? Error, string? Cause, string? Location) : EventDetails;

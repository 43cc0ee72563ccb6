namespace StepFlow.Execution.History;

/// <summary>
/// The details of a history event: a closed family. <c>…EventDetails</c> shapes of the API that have the same members
/// share a record; which member of the event they are written to follows from the event's type. Payloads are kept as
/// values and become text only in views.
/// </summary>
public abstract record EventDetails;

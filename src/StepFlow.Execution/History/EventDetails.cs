namespace StepFlow.Execution.History;

/// <summary>
/// The details of a history event: a closed family. <c>…EventDetails</c> shapes of the API that have the same members
/// share a record; the event's type decides which member of the event they are written to. Payloads are stored as
/// values. Only views write them as text.
/// </summary>
public abstract record EventDetails;

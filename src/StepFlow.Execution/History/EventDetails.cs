namespace StepFlow.Execution.History;

/// <summary>The details of a history event: a closed family, one record for each <c>…EventDetails</c> shape of the API. Payloads are kept as values and become text only in views.</summary>
public abstract record EventDetails;

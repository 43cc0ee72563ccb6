namespace StepFlow.Reliability.Servers;

/// <summary>A call that the task server took, in the order of arrival.</summary>
/// <param name="ExecutionArn">Who called.</param>
/// <param name="Lane">Calls of one lane come one after the other: what runs beside them has lanes of its own.</param>
/// <param name="State">The state that calls.</param>
/// <param name="Key">The idempotency key.</param>
internal readonly record struct TaskCall(string ExecutionArn, string Lane, string State, string Key);

namespace StepFlow.Runtime.Tasks;

/// <summary>The execution that a task belongs to.</summary>
/// <param name="MockTestCase">The test case of a mock configuration; null for none.</param>
public sealed record TaskOrigin(string ExecutionArn, string ExecutionName, string StateMachineArn, string? MockTestCase);

namespace StepFlow.Runtime.Tasks;

/// <summary>The execution that a task belongs to.</summary>
/// <param name="MockTestCase">The test case of a mock configuration; null for none.</param>
public readonly record struct TaskOrigin(string ExecutionArn, string ExecutionName, string StateMachineArn, string? MockTestCase);

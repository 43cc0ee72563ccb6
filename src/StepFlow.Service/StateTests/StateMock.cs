namespace StepFlow.Service.StateTests;

/// <summary>A mock of TestState: a result, or an error and cause.</summary>
/// <param name="Result">The result; null where it fails.</param>
internal sealed record StateMock(JsonValue? Result, string? Error, string? Cause);

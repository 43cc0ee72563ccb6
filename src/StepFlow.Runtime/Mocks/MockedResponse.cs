namespace StepFlow.Runtime.Mocks;

/// <summary>The response of a mocked state in a range of its attempts.</summary>
/// <param name="First">The first attempt that gets this response, from 0.</param>
/// <param name="Return">The result; null where it throws.</param>
/// <param name="Error">The error it throws.</param>
/// <param name="Cause">The cause it throws; null for none.</param>
internal sealed record MockedResponse(int First, int Last, JsonValue? Return, string? Error, string? Cause);

using StepFlow.Language.Json;

namespace StepFlow.Service.StateTests;

/// <summary>What became of a state.</summary>
internal sealed record StateTestResult
{
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";
    public const string Retriable = "RETRIABLE";
    public const string CaughtError = "CAUGHT_ERROR";

    public required string Status { get; init; }

    public JsonValue? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    public string? NextState { get; init; }
}

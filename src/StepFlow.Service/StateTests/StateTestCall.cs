using StepFlow.Language.Json;

namespace StepFlow.Service.StateTests;

/// <summary>What a test of one state is about, read from a request of TestState.</summary>
internal sealed record StateTestCall
{
    public required JsonValue Input { get; init; }

    /// <summary>The role; null for none.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The variables; empty for none.</summary>
    public JsonObject Variables { get; init; } = JsonObject.Empty;

    /// <summary>The context object that replaces the service's own; null for none.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>What is answered instead of a call; null for none.</summary>
    public StateMock? Mock { get; init; }

    /// <summary>How often the retrier that applies has retried before.</summary>
    public int RetrierRetryCount { get; init; }

    /// <summary>How many iterations of a Map failed.</summary>
    public int? MapIterationFailureCount { get; init; }

    /// <summary>What the ItemReader of a Map read; null for none.</summary>
    public JsonArray? MapItems { get; init; }

    /// <summary>Whether request and response are shown with their secrets.</summary>
    public bool RevealSecrets { get; init; }
}

/// <summary>A mock of TestState: a result, or an error and cause.</summary>
/// <param name="Result">The result; null where it fails.</param>
/// <param name="Error">The error.</param>
/// <param name="Cause">The cause.</param>
internal sealed record StateMock(JsonValue? Result, string? Error, string? Cause);

using StepFlow.Language.Definition;

namespace StepFlow.Service.StateTests;

/// <summary>The inputs of a test of one state, from a request of TestState.</summary>
internal sealed record StateTestCall
{
    public required JsonValue Input { get; init; }

    public string? RoleArn { get; init; }

    /// <summary>The variables; empty for none.</summary>
    public JsonObject Variables { get; init; } = JsonObject.Empty;

    /// <summary>The context object that replaces the default one; null for none.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>The nearest Map around the state; null for none.</summary>
    public MapState? Around { get; init; }

    /// <summary>The mock of the state's work; null if the work is really done.</summary>
    public StateMock? Mock { get; init; }

    /// <summary>How often the retrier that applies has retried before.</summary>
    public int RetrierRetryCount { get; init; }

    /// <summary>How many iterations of a Map failed; null for not given.</summary>
    public int? MapIterationFailureCount { get; init; }

    /// <summary>The content of the file that the ItemReader of a Map reads; null for none.</summary>
    public string? MapItemReaderData { get; init; }

    /// <summary>Whether the request of an HTTP task is shown with the secrets that its connection added.</summary>
    public bool RevealSecrets { get; init; }
}

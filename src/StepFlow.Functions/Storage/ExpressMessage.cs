namespace StepFlow.Functions.Storage;

/// <summary>The message that begins an asynchronous Express execution. It waits in a queue while the app is replaced, so newer versions read it too.</summary>
internal sealed record ExpressMessage
{
    /// <summary>The version of this form that the app writes.</summary>
    public const int Current = 1;

    public int Version { get; init; } = Current;

    /// <summary>The definition's text. Separate from the rest, so that a large one is stored once for all its executions.</summary>
    public required Payload Definition { get; init; }

    /// <summary>Everything else: see <see cref="ExpressMessages"/>.</summary>
    public required Payload Request { get; init; }
}

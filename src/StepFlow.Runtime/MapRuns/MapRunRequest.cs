using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>The inputs of a Map Run.</summary>
public sealed record MapRunRequest
{
    /// <summary>The command of the execution.</summary>
    public required StartMapRun Command { get; init; }

    public required ExecutionStart Parent { get; init; }

    public required IMapRunChildren Children { get; init; }

    /// <summary>The store of items and results; null if there is none.</summary>
    public IObjectStore? Objects { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Called once for a new run with its ARN, before the items are read. Not called for a redrive, because that run has started before.</summary>
    public required Action<string> Started { get; init; }

    /// <summary>Records how the children end.</summary>
    public required IMapRunOutcomes Outcomes { get; init; }

    /// <summary>
    /// Bytes of inputs that may be read before their children start. Null, the default, reads all items first, as far as
    /// <see cref="IObjectStore.MaxItemBytes"/> allows.
    /// </summary>
    public long? ReadAheadBytes { get; init; }

    /// <summary>
    /// Ends the run without an outcome, because a host stops or repeats it. Children in memory end without a result, those that a
    /// host has stored run on. The default is never cancelled.
    /// </summary>
    public CancellationToken Abandon { get; init; }

    /// <summary>Gives the run's settings, which may change while it runs, by its ARN; null where they stay as they are.</summary>
    public Func<string, MapRunSettings, MapRunControl>? Control { get; init; }

    /// <summary>Called when the counts have changed since they were last read (<see cref="MapRunTally.Read"/>); null for none. It must return immediately.</summary>
    public Action<MapRunTally>? Progress { get; init; }
}

/// <summary>How a Map Run ended.</summary>
/// <param name="Result">The state's result; null where it failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record MapRunOutcome(JsonValue? Result, StatesError? Error)
{
    /// <summary>The signal for the execution.</summary>
    /// <param name="id">The id of the command that started the run.</param>
    public Signal ToSignal(DateTimeOffset time, string id) =>
        Error is { } error ? new MapRunFailed(time, id, error.Name, error.Cause) : new MapRunSucceeded(time, id, Result!);
}

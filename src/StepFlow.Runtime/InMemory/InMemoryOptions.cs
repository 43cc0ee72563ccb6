using StepFlow.Integrations.Tasks;
using StepFlow.Language.Compilation;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;

namespace StepFlow.Runtime.InMemory;

/// <summary>What executions in memory work with.</summary>
public sealed record InMemoryOptions
{
    /// <summary>Runs the tasks.</summary>
    public required ITaskRunner Tasks { get; init; }

    /// <summary>The clock: the system's, or a <see cref="VirtualClock"/>. The system's by default.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the tasks keep the time of <see cref="Clock"/> themselves (test doubles that wait on it). False, the
    /// default, lets a virtual clock stand while a task runs.
    /// </summary>
    public bool TasksKeepClock { get; init; }

    /// <summary>Hands activity tasks to workers; null where there are no activities, and such a task waits for its timeout.</summary>
    public IActivityQueue? Activities { get; init; }

    /// <summary>Where distributed Maps read items and write results; null where there is no such place.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Makes a definition's text ready to run; needed by <see cref="InMemoryHost"/> only.</summary>
    public Func<string, StateMachine>? Load { get; init; }

    /// <summary>Sees the history events of every execution; null for nobody.</summary>
    public IExecutionObserver? Observer { get; init; }

    /// <summary>
    /// Sees an execution once, when it has ended, with its whole history; null for nobody. For observers that relate
    /// events to each other: they keep nothing of an execution that is given up.
    /// </summary>
    public IExecutionObserver? EndObserver { get; init; }

    /// <summary>Knows the Map Runs, for the operations on them; null where nobody asks.</summary>
    public MapRunDirectory? MapRuns { get; init; }
}

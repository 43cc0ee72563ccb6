using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Scheduling;

namespace StepFlow.Runtime.InMemory;

/// <summary>What executions in memory work with.</summary>
public sealed record InMemoryOptions
{
    /// <summary>Runs the tasks.</summary>
    public required ITaskRunner Tasks { get; init; }

    /// <summary>The clock: that of the system (the default), or a <see cref="VirtualClock"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the tasks themselves use <see cref="Clock"/> (test doubles that wait on it). False is the
    /// default: a virtual clock stands still while a task runs.
    /// </summary>
    public bool TasksUseClock { get; init; }

    /// <summary>The queue of activity tasks; null if there are no activities. Then such a task waits for its timeout.</summary>
    public IActivityQueue? Activities { get; init; }

    /// <summary>Reports which activities exist; null where every activity is taken to exist.</summary>
    public IActivityDirectory? ActivityDirectory { get; init; }

    /// <summary>The mocked responses of executions that were started with a test case. None by default.</summary>
    public MockConfiguration Mocks { get; init; } = MockConfiguration.None;

    /// <summary>Storage for the items and results of distributed Maps. Null for none.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Is notified of the history events of every execution. Null for none.</summary>
    public IExecutionObserver? Observer { get; init; }

    /// <summary>
    /// Is notified once of each execution, at its end, with its whole history. Null for none. For observers that relate
    /// events to each other, so that they store nothing about an execution that is cancelled.
    /// </summary>
    public IExecutionObserver? EndObserver { get; init; }

    /// <summary>
    /// Runs the turns of all executions in a fair order. Null, the default, runs each turn on the thread that passes the
    /// signal. It must be null with a <see cref="VirtualClock"/>.
    /// </summary>
    public TurnScheduler? Scheduler { get; init; }

    /// <summary>Whether executions store their history in memory. Needed by <see cref="EndObserver"/> and for <see cref="InMemoryExecution.History"/>. True by default.</summary>
    public bool CollectsHistory { get; init; } = true;

    /// <summary>Cancelled when the host stops. Running executions are aborted then.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>The log of defects; null for none.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Stops executions before states. Null for none.</summary>
    public ExecutionDebugger? Debugger { get; init; }

    /// <summary>Registers the Map Runs, for the operations on them. Null for none.</summary>
    public MapRunDirectory? MapRuns { get; init; }
}

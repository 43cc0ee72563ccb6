using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Mocks;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Scheduling;

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
    public bool TasksUseClock { get; init; }

    /// <summary>Hands activity tasks to workers; null where there are no activities, and such a task waits for its timeout.</summary>
    public IActivityQueue? Activities { get; init; }

    /// <summary>Knows the activities; null where every activity is taken to exist.</summary>
    public IActivityDirectory? ActivityDirectory { get; init; }

    /// <summary>The mocked responses of executions that were started with a test case. None by default.</summary>
    public MockConfiguration Mocks { get; init; } = MockConfiguration.None;

    /// <summary>Where distributed Maps read items and write results; null where there is no such place.</summary>
    public IObjectStore? Objects { get; init; }

    /// <summary>Sees the history events of every execution; null for nobody.</summary>
    public IExecutionObserver? Observer { get; init; }

    /// <summary>
    /// Sees an execution once, when it has ended, with its whole history; null for nobody. For observers that relate
    /// events to each other: they keep nothing of an execution that is given up.
    /// </summary>
    public IExecutionObserver? EndObserver { get; init; }

    /// <summary>
    /// Runs the executions' turns, in turn with others. Null, the default, runs each on the thread that brings its
    /// signal; so it must be with a <see cref="VirtualClock"/>.
    /// </summary>
    public TurnScheduler? Scheduler { get; init; }

    /// <summary>Whether executions keep their history in memory; needed by <see cref="EndObserver"/> and for <see cref="InMemoryExecution.History"/>. True by default.</summary>
    public bool CollectsHistory { get; init; } = true;

    /// <summary>Cancelled when the host stops: what runs then is given up.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>Where faults of this program are logged; null for nowhere.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Stops executions before states; null for nobody.</summary>
    public ExecutionDebugger? Debugger { get; init; }

    /// <summary>Knows the Map Runs, for the operations on them; null where nobody asks.</summary>
    public MapRunDirectory? MapRuns { get; init; }
}

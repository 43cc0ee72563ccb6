using Microsoft.Extensions.Logging;
using StepFlow.Execution.Commands;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Compilation;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Runtime.InMemory;

/// <summary>
/// Runs executions in memory: <c>stepflow run</c>, Express executions, tests. With a <see cref="VirtualClock"/> waits
/// and backoffs take no time and completions come in a defined order. No thread is blocked while an execution waits.
/// </summary>
public sealed class InMemoryRunner
{
    private readonly InMemoryOptions _options;
    private readonly VirtualClock? _virtual;
    private readonly Action<InMemoryExecution>? _started;

    /// <summary>A runner.</summary>
    /// <param name="options">The environment of the executions.</param>
    public InMemoryRunner(InMemoryOptions options)
        : this(options, null)
    {
    }

    internal InMemoryRunner(InMemoryOptions options, Action<InMemoryExecution>? started)
    {
        _options = options;
        _started = started;
        Route = new(options.Tasks, options.Activities, options.ActivityDirectory, options.Mocks);
        _virtual = options.Clock as VirtualClock;
        Objects = _virtual is not null && !options.TasksUseClock && options.Objects is { } objects
            ? new OutsideObjectStore(_virtual, objects)
            : options.Objects;
    }

    internal bool CollectsHistory => _options.CollectsHistory;

    internal CancellationToken Stopping => _options.Stopping;

    internal ILogger? Logger => _options.Logger;

    internal TimeProvider Clock => _options.Clock;

    /// <summary>Where the tasks of its executions go.</summary>
    internal TaskRoute Route { get; }

    /// <summary>Runs the tasks of its executions.</summary>
    public ITaskRunner Tasks => _options.Tasks;

    internal IActivityQueue? Activities => _options.Activities;

    internal ExecutionDebugger? Debugger => _options.Debugger;

    internal IExecutionObserver? Observer => _options.Observer;

    internal IExecutionObserver? EndObserver => _options.EndObserver;

    internal MapRunDirectory? MapRuns => _options.MapRuns;

    internal IObjectStore? Objects { get; }

    /// <summary>Runs an execution to its end, and returns it, with any status.</summary>
    /// <param name="start">How it starts; its time is the clock's.</param>
    /// <param name="watch">Observes the execution; null for none.</param>
    /// <param name="cancellationToken">Abandons it: tasks are cancelled, and nothing more happens.</param>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    public Task<InMemoryExecution> RunAsync(StateMachine machine, ExecutionStart start, ExecutionWatch? watch, CancellationToken cancellationToken) =>
        RunAsync(machine, new ExecutionRequest(start, string.Empty), watch, cancellationToken);

    /// <summary>Runs an execution to its end, for example with a test case of a mock configuration, and returns it, with any status.</summary>
    /// <param name="request">How it starts; its time is the clock's.</param>
    /// <param name="watch">Observes the execution; null for none.</param>
    /// <param name="cancellationToken">Abandons it: tasks are cancelled, and nothing more happens.</param>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    public Task<InMemoryExecution> RunAsync(StateMachine machine, ExecutionRequest request, ExecutionWatch? watch, CancellationToken cancellationToken) =>
        InsideAsync(() => Start(machine, request, watch, cancellationToken).Completion);

    /// <summary>Starts an execution. With a virtual clock, time advances only during a wait inside the clock: see <see cref="VirtualClock.RunAsync{T}"/>.</summary>
    /// <param name="watch">Observes the execution; null for none.</param>
    public InMemoryExecution Start(StateMachine machine, ExecutionRequest request, ExecutionWatch? watch, CancellationToken cancellationToken)
    {
        InMemoryExecution execution = Create(machine, request, watch, cancellationToken);
        _started?.Invoke(execution);
        execution.Begin();
        return execution;
    }

    /// <summary>Creates an execution without starting it.</summary>
    internal InMemoryExecution Create(StateMachine machine, ExecutionRequest request, ExecutionWatch? watch, CancellationToken cancellationToken) =>
        new(this, machine, request, watch, cancellationToken);

    /// <summary>Schedules an execution that has items in its inbox. With a scheduler it handles one at a time, otherwise all immediately.</summary>
    /// <param name="isAwaited">Whether the caller waits for it, and may as well do the work.</param>
    internal void Schedule(InMemoryExecution execution, bool isAwaited = false)
    {
        if (_options.Scheduler is { } scheduler)
        {
            if (isAwaited)
            {
                scheduler.RunOrSchedule(execution);
            }
            else
            {
                scheduler.Schedule(execution);
            }
        }
        else
        {
            Enter(execution.TakeAll);
        }
    }

    /// <summary>Waits for a result of an execution. With a virtual clock, time advances meanwhile.</summary>
    internal Task<T> InsideAsync<T>(Func<Task<T>> body) => _virtual is null ? body() : _virtual.RunAsync(body);

    /// <summary>Runs an action in the context of executions: inside the virtual clock, if there is one.</summary>
    internal void Enter(Action action)
    {
        if (_virtual is null || _virtual.IsInside)
        {
            action();
        }
        else
        {
            _virtual.Post(_ => action(), null);
        }
    }

    /// <summary>Starts a task's work.</summary>
    /// <param name="done">What to do when it is done.</param>
    /// <param name="broken">What to do where it throws.</param>
    /// <param name="limit">The maximum duration. A virtual clock does not stand still for longer.</param>
    internal void Launch(Func<Task> work, Action done, Action<Exception> broken, TimeSpan? limit = null)
    {
        if (_virtual is null || _options.TasksUseClock)
        {
            LaunchInside(work, done, broken);
            return;
        }

        _virtual.RunOutside(
            async () =>
            {
                try
                {
                    await work();
                    return done;
                }
                catch (Exception exception)
                {
                    return () => broken(exception);
                }
            },
            limit);
    }

    /// <summary>Starts work that waits on the clock and on executions only.</summary>
    internal void LaunchInside(Func<Task> work, Action done, Action<Exception> broken)
    {
        if (_virtual is null)
        {
            // A task can compute for a long time before it first waits, so it does not run on the execution's thread.
            _ = Task.Run(() => RunAsync(work, done, broken));
        }
        else
        {
            _ = RunAsync(work, done, broken);
        }
    }

    internal Task RunMapAsync(InMemoryExecution parent, StartMapRun command, CancellationToken cancellationToken) =>
        new InMemoryMapRun(this, parent, command).RunAsync(cancellationToken);

    private static async Task RunAsync(Func<Task> work, Action done, Action<Exception> broken)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            broken(exception);
            return;
        }

        done();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using StepFlow.Execution.Signals;
using StepFlow.Integrations.Tasks;
using StepFlow.Local.Journal;
using StepFlow.Execution.Commands;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;

namespace StepFlow.Local.Engine;

/// <summary>The parts that all executions of one data folder use.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor link: there is nothing to dispose.")]
internal sealed class LocalEngine
{
    /// <summary>The pause in milliseconds before a failed wake-up is repeated.</summary>
    private const long WakeRetryMilliseconds = 1000;

    private readonly JournalFile _file;
    private readonly ConcurrentDictionary<string, ExecutionCell> _cells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ExecutionCell> _resident = new();
    private TaskDispatcher? _dispatcher;
    private MapRunParts? _mapRuns;
    private long _lastExecution;
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _stopping;

    private LocalEngine(JournalFile file, LocalHostOptions options, TimeProvider clock, ILogger logger)
    {
        _file = file;
        Clock = clock;
        Options = options;
        Logger = logger;
        ActivityStatements.ReturnAll(file.Writer);
        Readers = new JournalReaders(file);
        Writer = new JournalWriter(file.Writer, options.Journal.Probe, logger, Committed, Scheduler.ScheduleTogether);
        if (file.Loss is { } loss)
        {
            LocalLogs.CommitsLost(logger, file.Path, loss);
        }

        Definitions = new DefinitionCache(Readers);
        Timers = new TimerWheel(clock, Due);
        Waiters = new ExecutionWaiters();
        _lastExecution = Readers.Read(reader => reader.LastExecution());
    }

    public LocalHostOptions Options { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    public JournalReaders Readers { get; }

    public JournalWriter Writer { get; }

    public DefinitionCache Definitions { get; }

    public TimerWheel Timers { get; }

    /// <summary>Runs the executions' turns.</summary>
    public TurnScheduler Scheduler { get; } = TurnScheduler.ForThisMachine();

    public ExecutionWaiters Waiters { get; }

    /// <summary>Is notified of durable turns. Null for none.</summary>
    public IExecutionObserver? Observer { get; set; }

    /// <summary>The problems of executions that cannot continue.</summary>
    public ProblemRegistry Problems { get; } = new();

    public TaskDispatcher Dispatcher => _dispatcher ?? throw new InvalidOperationException("The host does not run yet.");

    /// <summary>What Map Runs work with.</summary>
    public MapRunParts MapRuns => _mapRuns ?? throw new InvalidOperationException("The host does not run yet.");

    /// <summary>Cancelled when the host stops.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Whether the host is stopping. Failures can be caused by that.</summary>
    public bool IsStopping => _stopping;

    /// <summary>How many executions are in memory.</summary>
    public int Resident => _cells.Count;

    /// <summary>The time in whole milliseconds, which is the precision of the history and the tables.</summary>
    public DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <exception cref="JournalException">The data folder cannot be used.</exception>
    public static LocalEngine Open(LocalHostOptions options, TimeProvider clock, ILogger logger) =>
        new(JournalFile.Open(options.Journal), options, clock, logger);

    /// <summary>Resumes the executions that have not ended.</summary>
    public void Run(ITaskRunner runner, IActivityQueue activities, MapRunParts mapRuns)
    {
        _dispatcher = new TaskDispatcher(runner, activities, Problems, Options.MaxConcurrentTasks, Clock, Logger);
        _mapRuns = mapRuns;
        int waiting = 0;
        var busy = new List<string>();
        Readers.Read(reader =>
        {
            foreach ((long id, long? wake) in reader.Running())
            {
                if (wake is { } due)
                {
                    waiting++;
                    if (due != ExecutionProgress.NoTimer)
                    {
                        Timers.Set(id, due);
                    }
                }
                else if (reader.FindArn(id) is { } arn)
                {
                    busy.Add(arn);
                }
            }

            return true;
        });
        busy.ForEach(arn => Post(arn, WakeItem.Instance));
        foreach (string child in Readers.Read(reader => reader.ChildrenToStop()))
        {
            Post(child, new SignalItem(new Stop(Now, null, null), null));
        }

        LocalLogs.Recovered(Logger, waiting + busy.Count, waiting);
    }

    public long NextExecution() => Interlocked.Increment(ref _lastExecution);

    /// <summary>Adds an item to an execution's inbox. Loads the execution if it is not in memory.</summary>
    public void Post(string arn, InboxItem item)
    {
        ObjectDisposedException.ThrowIf(_stopping, this);
        while (!_cells.GetOrAdd(arn, static (key, engine) => new ExecutionCell(engine, key), this).Post(item))
        {
            // The execution is leaving memory. The next look-up creates a new cell.
            Thread.Yield();
        }
    }

    /// <summary>Registers the cell of an execution, so that its timers find it before its row is durable.</summary>
    public void Enter(long execution, ExecutionCell cell) => _resident[execution] = cell;

    /// <summary>Removes the registration of an execution's cell.</summary>
    public void Leave(long execution, ExecutionCell cell) => _resident.TryRemove(new(execution, cell));

    /// <summary>Removes the cell of an execution that has left memory.</summary>
    public void Remove(ExecutionCell cell) => _cells.TryRemove(new(cell.Arn, cell));

    /// <summary>A Map Run of an execution; nothing of it runs before <see cref="LocalMapRun.Begin"/>.</summary>
    public LocalMapRun MapRun(ExecutionCell cell, ExecutionRequest parent, int redriveCount, StartMapRun command) =>
        new(cell, parent, redriveCount, command, MapRuns, Problems, Logger);

    /// <summary>An execution has ended, durably.</summary>
    public void Ended(ExecutionRecord execution, bool stopped)
    {
        Waiters.Complete(execution);
        if (stopped && !_stopping)
        {
            foreach (string child in Readers.Read(reader => reader.RunningChildren(execution.Start.ExecutionArn)))
            {
                Post(child, new SignalItem(new Stop(Now, null, null), null));
            }
        }
    }

    /// <summary>Accepts no more work, cancels the running tasks without recording that, writes what is queued, and closes the data file.</summary>
    public async Task StopAsync()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        await _stop.CancelAsync();
        Timers.Dispose();
        if (_dispatcher is not null && await _dispatcher.StopAsync(Options.ShutdownGrace, Options.RealTime) is > 0 and int left)
        {
            LocalLogs.TasksLeft(Logger, left, Options.ShutdownGrace.TotalSeconds);
        }

        // Disposing the writer first delivers the results of the last commits.
        Writer.Dispose();
        Scheduler.Dispose();
        Waiters.Stop();
        Readers.Dispose();
        _file.Dispose();
    }

    private void Committed(long lastTurn) => _file.Mark.Committed(lastTurn, Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>An execution is due. If it cannot be notified, the timer is set again, so no wake-up is lost.</summary>
    private void Due(long execution)
    {
        try
        {
            // An execution that is not in memory is in the data file.
            if (_resident.TryGetValue(execution, out ExecutionCell? cell) && cell.Post(WakeItem.Instance))
            {
                return;
            }

            if (!_stopping && Readers.Read(reader => reader.FindArn(execution)) is { } arn)
            {
                Post(arn, WakeItem.Instance);
            }
        }
        catch (ObjectDisposedException)
        {
            // The host has stopped in the meantime. The timer fires after the next start.
        }
        catch (Exception e)
        {
            LocalLogs.WakeFailed(Logger, e, execution);
            Timers.Set(execution, Now.ToUnixTimeMilliseconds() + WakeRetryMilliseconds);
        }
    }
}

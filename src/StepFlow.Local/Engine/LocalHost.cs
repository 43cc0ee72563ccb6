using System.Globalization;
using StepFlow.Execution.Signals;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Problems;
using StepFlow.Runtime.Scheduling;
using StepFlow.Runtime.Tasks;

namespace StepFlow.Local.Engine;

/// <summary>Runs executions durably on one machine.</summary>
internal sealed class LocalHost : IExecutionHost, IExecutionProblems, IAsyncDisposable
{
    /// <summary>The number of executions that one commit removes. It is small, so that other writes do not wait long.</summary>
    private const int PurgeBatch = 100;

    /// <summary>The number of outcomes that one write examines.</summary>
    private const int CallsPerDeletion = 1000;

    /// <summary>How long the outcome of a table call is stored. Executions in memory repeat a call only within minutes, others while they run.</summary>
    private static readonly TimeSpan TableCallRetention = TimeSpan.FromHours(1);

    /// <summary>The number of pages of lists and histories that are read at a time. Each uses a few megabytes of memory.</summary>
    private const int Questions = 16;

    private readonly LocalEngine _engine;
    private readonly DocumentCache _documents;
    private readonly SemaphoreSlim _starts;
    private readonly SemaphoreSlim _questions = new(Questions);

    private ExpressChildren? _express;

    private LocalHost(LocalEngine engine)
    {
        _engine = engine;
        _starts = new SemaphoreSlim(engine.Options.MaxPendingStarts);
        _documents = new DocumentCache(engine.Options.RealTime);
        Documents = new LocalDocumentStore(engine.Readers, engine.Writer, _documents, engine.Options.RealTime);
        Tables = new LocalTableStore(engine.Readers, engine.Writer, engine.Clock);
        Activities = new LocalActivityQueue(engine.Writer, engine.Clock);
    }

    /// <summary>The documents of the same data folder.</summary>
    public LocalDocumentStore Documents { get; }

    /// <summary>The tables of the same data folder.</summary>
    public LocalTableStore Tables { get; }

    /// <summary>The activities' tasks of the same data folder.</summary>
    public LocalActivityQueue Activities { get; }

    /// <summary>How many executions are in memory.</summary>
    public int Resident => _engine.Resident;

    /// <summary>How many executions wait for a timer.</summary>
    public int WaitingOnTimers => _engine.Timers.Count;

    /// <summary>Runs the turns of all executions in this process.</summary>
    public TurnScheduler Scheduler => _engine.Scheduler;

    /// <summary>The problems of executions that cannot continue.</summary>
    public ProblemRegistry Problems => _engine.Problems;

    /// <summary>Opens a data folder. Nothing runs before <see cref="Run"/>.</summary>
    /// <exception cref="JournalException">The data folder cannot be used.</exception>
    public static LocalHost Open(LocalHostOptions options, TimeProvider clock, ILogger logger) =>
        new(LocalEngine.Open(options, clock, logger));

    /// <summary>Resumes the executions that have not ended. Called once.</summary>
    public void Run(LocalHostParts work)
    {
        _engine.Observer = work.Observer;
        _express = new(
            new(new()
            {
                Tasks = work.Tasks,
                Clock = _engine.Clock,
                Activities = Activities,
                ActivityDirectory = work.ActivityDirectory,
                Mocks = work.Mocks,
                Objects = work.Objects,
                Observer = work.Observer,
                Scheduler = _engine.Scheduler,
                CollectsHistory = false,
                Stopping = _engine.Stopping,
                Logger = _engine.Logger,
            }),
            _engine.Readers);
        _engine.Run(new TaskRoute(work.Tasks, Activities, work.ActivityDirectory, work.Mocks), Activities, new MapRunParts(this, work.Objects, _engine.Clock, work.MapRunProgress)
        {
            Control = work.MapRunControl,
            Express = _express,
            Stopping = _engine.Stopping,
            Outcomes = (run, names, execution, redrives) => new MapRunRecorder(_engine, names, run, execution, redrives),
        });
    }

    public async Task<StartOutcome> StartAsync(ExecutionRequest request, CancellationToken cancellationToken)
    {
        await _starts.WaitAsync(cancellationToken);
        try
        {
            return await PostAsync<StartOutcome>(request.Start.ExecutionArn, done => new StartItem(request, done), cancellationToken);
        }
        finally
        {
            _starts.Release();
        }
    }

    public Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => Task.FromResult(
        _engine.Readers.Read(reader => reader.FindExecution(executionArn) is { } stored ? ToRecord(reader, stored) : null) ?? _express?.Find(executionArn));

    public Task<Page<ExecutionSummary>> ListAsync(ExecutionQuery query, CancellationToken cancellationToken) => QueryAsync(
        reader =>
        {
            if (_express?.List(query) is { } children)
            {
                return children;
            }

            IReadOnlyList<(long Id, ExecutionSummary Execution)> found = reader.List(new ExecutionFilter(query));
            ExecutionSummary[] page = [.. found.Take(query.Count).Select(static row => row.Execution)];
            return new Page<ExecutionSummary>(page, found.Count > query.Count ? found[query.Count - 1].Id.ToString(CultureInfo.InvariantCulture) : null);
        },
        cancellationToken);

    public Task<HistoryPage> HistoryAsync(string executionArn, long? after, int count, bool reverse, CancellationToken cancellationToken) => QueryAsync(
        reader => reader.FindId(executionArn) is { } execution ? HistoryReading.Page(reader, execution, after, count, reverse)
            : _express?.History(executionArn, after, count, reverse) ?? HistoryPage.Empty,
        cancellationToken);

    Task<IReadOnlyList<ExecutionProblem>> IExecutionProblems.FindAsync(string executionArn, CancellationToken cancellationToken) =>
        Task.FromResult(Problems.Of(executionArn));

    Task<IReadOnlyList<ExecutionProblem>> IExecutionProblems.ListAsync(int count, CancellationToken cancellationToken) =>
        Task.FromResult(Problems.All(count));

    public Task<bool> RetryAsync(string executionArn, CancellationToken cancellationToken) => Problems.Of(executionArn).Count == 0
        ? Task.FromResult(false)
        : PostAsync<bool>(executionArn, static done => new RetryItem(done), cancellationToken);

    public Task<bool> SignalAsync(string executionArn, Signal signal, CancellationToken cancellationToken) =>
        PostAsync<bool>(executionArn, done => new SignalItem(signal, done), cancellationToken);

    public async Task<ExecutionRecord?> WaitAsync(string executionArn, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ExecutionRecord> waiter = _engine.Waiters.Add(executionArn);
        try
        {
            // The status is read after the waiter was registered: an end after the read completes the waiter.
            ExecutionRecord? found = await FindAsync(executionArn, cancellationToken);
            return found is { Status: ExecutionStatus.Running or ExecutionStatus.PendingRedrive }
                ? await waiter.Task.WaitAsync(cancellationToken)
                : found;
        }
        finally
        {
            _engine.Waiters.Remove(executionArn, waiter);
        }
    }

    /// <summary>Removes executions that ended before a time, with everything that only they use. Returns how many.</summary>
    public async Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int total = 0;
        for (int purged = PurgeBatch; purged == PurgeBatch; total += purged)
        {
            purged = await _documents.ChangeAnyAsync(() => _engine.Writer.WriteAsync(
                statements => statements.Retention.Purge(before.ToUnixTimeMilliseconds(), PurgeBatch), CancellationToken.None)).WaitAsync(cancellationToken);
        }

        if (total > 0)
        {
            LocalLogs.Purged(_engine.Logger, total, before);
        }

        return total;
    }

    /// <summary>Checks some executions for damage.</summary>
    /// <param name="after">The id of the last execution that was checked; 0 for the first call.</param>
    /// <param name="count">How many are checked.</param>
    /// <returns>The damage, and the id of the last checked execution (null if there are no more).</returns>
    public Task<(IReadOnlyList<Damage> Found, long? Last)> CheckAsync(long after, int count, CancellationToken cancellationToken) => QueryAsync(
        reader => (new DataCheck(reader).Executions(after, count, out long? last), last), cancellationToken);

    /// <summary>Removes the outcomes of table calls that cannot be repeated any more.</summary>
    public async Task DeleteTableCallsAsync(CancellationToken cancellationToken)
    {
        long before = (_engine.Now - TableCallRetention).ToUnixTimeMilliseconds();
        for (long? after = 0; after is { } last;)
        {
            after = await _engine.Writer.WriteAsync(statements => statements.Items.DeleteOutcomes(before, last, CallsPerDeletion), cancellationToken);
        }
    }

    /// <summary>Accepts no more work, cancels the running tasks without recording that, writes what is queued, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _engine.StopAsync();
        _documents.Dispose();
        _starts.Dispose();
        _questions.Dispose();
    }

    /// <summary>Runs a query whose result may be large. The number of such queries at a time is limited.</summary>
    private async Task<T> QueryAsync<T>(Func<JournalReader, T> query, CancellationToken cancellationToken)
    {
        await _questions.WaitAsync(cancellationToken);
        try
        {
            return _engine.Readers.Read(query);
        }
        finally
        {
            _questions.Release();
        }
    }

    /// <summary>Posts an item to an execution, and waits for its response.</summary>
    private Task<T> PostAsync<T>(string executionArn, Func<TaskCompletionSource<T>, InboxItem> item, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _engine.Post(executionArn, item(done));
        return done.Task.WaitAsync(cancellationToken);
    }

    private ExecutionRecord ToRecord(JournalReader reader, StoredExecution stored) =>
        ExecutionRows.ToRecord(reader, stored, _engine.Definitions.Text(stored.Row.Definition));
}

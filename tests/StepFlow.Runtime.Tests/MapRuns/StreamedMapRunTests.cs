using System.Collections.Concurrent;
using System.Text;
using StepFlow.Execution;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Testing;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>Map Runs whose children start while the items are still being read.</summary>
public sealed class StreamedMapRunTests : IDisposable
{
    private const int Rows = 50_000;

    private readonly Children _children = new();
    private readonly MemoryOutcomes _outcomes = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _children.Dispose();

    [Fact]
    public async Task Run_SlowChildren_ReadsNoFurtherThanItsQueue()
    {
        var file = new CountedRows(Rows);
        Task<MapRunOutcome?> run = RunAsync("'MaxConcurrency':2", file, readAhead: 64 * 1024);
        await _children.UntilStartedAsync(2);
        Assert.InRange(file.Read, 1, file.Length / 2);
        _children.Release();
        MapRunOutcome outcome = (await run)!;
        Assert.Equal(file.Length, file.Read);
        Assert.Equal(Enumerable.Range(0, Rows).Select(static row => row.ToString(System.Globalization.CultureInfo.InvariantCulture)), Values(outcome));
    }

    [Fact]
    public async Task Run_ItemsAlreadyRecorded_DoNotRunAgain()
    {
        var recorded = new RecordedOutcomes();
        recorded.Add(1, ExecutionStatus.Succeeded);
        recorded.Add(3, ExecutionStatus.Succeeded);
        _children.Release();
        var progress = new ConcurrentQueue<MapRunProgress>();
        await MapRunner.RunAsync(Request("'MaxConcurrency':1", new CountedRows(5), 1024, new Recorded(recorded, _outcomes)) with { Progress = tally => progress.Enqueue(tally.Read()) }, Cancelled);
        Assert.Equal([0, 2, 4], _children.Started.Order());
        Assert.Equal(new MapRunCounts { Succeeded = 5, ResultsWritten = 5 }, progress.Last().Items);
    }

    [Fact]
    public async Task Run_FileBreaksOffBehindTheQueue_FailsAndStopsTheChildren()
    {
        _children.Release();
        MapRunOutcome outcome = (await RunAsync("'MaxConcurrency':2", new CountedRows(Rows) { Failure = new ItemReaderException("Broken.") }, readAhead: 1024))!;
        Assert.Equal((ErrorNames.ItemReaderFailed, "Broken."), (outcome.Error!.Name, outcome.Error.Cause));
        Assert.NotEmpty(_children.Started);
        Assert.Equal(0, _children.Running);
    }

    [Fact]
    public async Task Run_ChildThatCannotBeRun_RecordsNoEndOfTheOthers()
    {
        _children.Broken = 3;
        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync("'MaxConcurrency':4", new CountedRows(Rows), readAhead: 1024));
        Assert.Equal("The child is broken.", failure.Message);
        Assert.Equal((0, 3), (_children.Running, _children.Abandoned));
        // The run is repeated: an end that only this failure caused would count as a failure of the workflow.
        Assert.Empty(await _outcomes.ReadAsync(OutcomeGroup.All, 0, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Run_Abandoned_EndsWithoutAnOutcome()
    {
        using var abandon = new CancellationTokenSource();
        Task<MapRunOutcome?> run = MapRunner.RunAsync(
            Request("'MaxConcurrency':2", new CountedRows(Rows), 1024, _outcomes) with { Abandon = abandon.Token }, Cancelled);
        await _children.UntilStartedAsync(2);
        await abandon.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal((0, 2), (_children.Running, _children.Abandoned));
        Assert.Empty(await _outcomes.ReadAsync(OutcomeGroup.All, 0, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Run_TooManyFailures_RecordsTheOthersAsPending()
    {
        _children.Failing = 0;
        _children.Release();
        MapRunOutcome outcome = (await RunAsync("'MaxConcurrency':1", new CountedRows(Rows), readAhead: 1024))!;
        Assert.Equal(ErrorNames.ExceedToleratedFailureThreshold, outcome.Error!.Name);
        Assert.Single(_children.Started);
        Assert.Equal(Rows - 1, await _outcomes.ReadAsync(OutcomeGroup.Pending, 0, Cancelled).CountAsync(Cancelled));
    }

    [Fact]
    public async Task Run_OutcomeThatCannotBeRecorded_EndsOnlyWithItsChildren()
    {
        _children.Failing = 0;
        _children.Leaving = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var refused = new RefusedPending();
        Task<MapRunOutcome?> run = MapRunner.RunAsync(Request("'MaxConcurrency':2", new CountedRows(Rows), 1024, refused), Cancelled);
        await _children.UntilStartedAsync(2);
        _children.Release();
        await refused.Asked;
        for (int i = 0; i < 100; i++)
        {
            await Task.Yield();
        }

        Assert.False(run.IsCompleted);
        _children.Leaving.SetResult();
        await Assert.ThrowsAsync<IOException>(() => run);
        Assert.Equal(0, _children.Running);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, false)]
    public async Task Run_FailuresInPercent_CountAgainstAllItems(int every, bool fails)
    {
        _children.FailingEvery = every;
        _children.Release();
        MapRunOutcome outcome = (await RunAsync("'MaxConcurrency':10,'ToleratedFailurePercentage':1", new CountedRows(1000), readAhead: 1024))!;
        Assert.Equal(fails ? ErrorNames.ExceedToleratedFailureThreshold : null, outcome.Error?.Name);
    }

    [Fact]
    public async Task Run_Cancelled_EndsAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        Task<MapRunOutcome?> run = MapRunner.RunAsync(Request("'MaxConcurrency':2", new CountedRows(Rows), 1024, _outcomes), cancel.Token);
        await _children.UntilStartedAsync(2);
        await cancel.CancelAsync();
        Assert.Null(await run);
        Assert.Equal(0, _children.Running);
    }

    [Theory]
    [InlineData(false, "[1,2]|[3,4]|[5]")]
    [InlineData(true, "1\n2\n|3\n4\n|5\n")]
    public async Task Write_FullFile_LeavesTheRestToTheNext(bool isLines, string expected)
    {
        foreach (int n in Enumerable.Range(1, 5))
        {
            await _outcomes.AddAsync(new MapRunEntry(n, "c", "c", "m", n, 1), Cancelled);
        }

        var files = new List<string>();
        for (int? next = 1; next is { } from;)
        {
            using var content = new MemoryStream();
            next = await new MapResultFile(content, isLines, 4).WriteAsync(
                _outcomes.ReadAsync(OutcomeGroup.All, from, Cancelled), static child => [child.Input], Cancelled);
            files.Add(Encoding.UTF8.GetString(content.ToArray()));
        }

        Assert.Equal(expected, string.Join('|', files));
    }

    private static IEnumerable<string> Values(MapRunOutcome outcome) =>
        ((JsonArray)outcome.Result!).Select(static row => ((JsonString)((JsonObject)row)["n"]!).Value);

    private Task<MapRunOutcome?> RunAsync(string fields, CountedRows file, long readAhead) =>
        MapRunner.RunAsync(Request(fields, file, readAhead, _outcomes), Cancelled);

    private MapRunRequest Request(string fields, IObjectStore objects, long readAhead, IMapRunOutcomes outcomes)
    {
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(
            Runs.Machine("{'StartAt':'M','States':{'M':{'Type':'Map'," + fields + """
                ,'End':true,'ItemReader':{'Resource':'arn:aws:states:::s3:getObject','ReaderConfig':{'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'},
                'Parameters':{'Bucket':'data','Key':'file'}},'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'EXPRESS'},
                'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}}}}
                """),
            Runs.Of("a"));
        return new()
        {
            Clock = TimeProvider.System,
            Command = turn.Commands.OfType<StartMapRun>().Single(),
            Parent = execution.StartedWith,
            Children = _children,
            Outcomes = outcomes,
            Objects = objects,
            ReadAheadBytes = readAhead,
            Started = static _ => { },
        };
    }

    /// <summary>Children that end when they are let go.</summary>
    private sealed class Children : IMapRunChildren, IDisposable
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SemaphoreSlim _begun = new(0);
        private int _running;
        private int _abandoned;

        public ConcurrentQueue<int> Started { get; } = [];

        public int Running => Volatile.Read(ref _running);

        public int Abandoned => Volatile.Read(ref _abandoned);

        public int? Broken { get; set; }

        public int? Failing { get; set; }

        public int? FailingEvery { get; set; }

        /// <summary>Awaited by children that do not fail before they end; null for nothing.</summary>
        public TaskCompletionSource? Leaving { get; set; }

        public void Dispose() => _begun.Dispose();

        public void Release() => _released.TrySetResult();

        public async Task UntilStartedAsync(int count)
        {
            for (int i = 0; i < count; i++)
            {
                await _begun.WaitAsync(Cancelled);
            }
        }

        public async Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon)
        {
            Interlocked.Increment(ref _running);
            Started.Enqueue(child.Index);
            _begun.Release();
            try
            {
                if (child.Index == Broken)
                {
                    throw new InvalidOperationException("The child is broken.");
                }

                using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, abandon);
                await _released.Task.WaitAsync(ends.Token);
                bool fails = child.Index == Failing || (FailingEvery is { } every && child.Index % every == 0);
                return new(fails ? ExecutionStatus.Failed : ExecutionStatus.Succeeded, fails ? null : child.Start.Input, null, Runs.Start);
            }
            catch (OperationCanceledException) when (abandon.IsCancellationRequested)
            {
                Interlocked.Increment(ref _abandoned);
                throw;
            }
            catch (OperationCanceledException)
            {
                return new(ExecutionStatus.Aborted, null, null, Runs.Start);
            }
            finally
            {
                if (Leaving is { } leaving && child.Index != Failing)
                {
                    await leaving.Task;
                }

                Interlocked.Decrement(ref _running);
            }
        }
    }

    /// <summary>Outcomes that take none of a child that never started.</summary>
    private sealed class RefusedPending : IMapRunOutcomes
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(RecordedOutcomes.None);

        public ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken)
        {
            if (child.Result is not null)
            {
                return ValueTask.CompletedTask;
            }

            _asked.TrySetResult();
            throw new IOException("No room.");
        }

        public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>Outcomes of which some were recorded before.</summary>
    private sealed class Recorded(RecordedOutcomes before, MemoryOutcomes now) : IMapRunOutcomes
    {
        public Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(before);

        public ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken) => now.AddAsync(child, cancellationToken);

        public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, CancellationToken cancellationToken) => now.ReadAsync(group, from, cancellationToken);
    }

    /// <summary>A CSV file that counts the bytes that were read.</summary>
    private sealed class CountedRows(int rows) : IObjectStore
    {
        private long _read;

        public long Read => Volatile.Read(ref _read);

        public long Length { get; private set; }

        /// <summary>Thrown at the end of the file; null for none.</summary>
        public Exception? Failure { get; init; }

        public async Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
        {
            byte[] text = Encoding.UTF8.GetBytes("n\n" + string.Join('\n', Enumerable.Range(0, rows)));
            Length = text.Length;
            await read(new(new CountedFile(this, text), "1", text.Length), cancellationToken);
            if (Failure is not null)
            {
                throw Failure;
            }
        }

        public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => throw new NotSupportedException();

        private sealed class CountedFile(CountedRows owner, byte[] text) : MemoryStream(text, writable: false)
        {
            public override int Read(Span<byte> buffer)
            {
                int read = base.Read(buffer);
                Interlocked.Add(ref owner._read, read);
                return read;
            }

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                ValueTask.FromResult(Read(buffer.Span));
        }
    }
}

using System.IO.Compression;
using System.Runtime.CompilerServices;
using StepFlow.Language.Evaluation;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Local.Engine;

/// <summary>
/// Records the outcomes of one Map Run in the data file, many in each commit: during one commit, the outcomes for
/// the next one are collected. After a crash, children without a recorded outcome run again, and the reading of the items
/// continues at the last position before which all children have ended. Standard children have rows in
/// the table of executions, so the run only waits for them.
/// </summary>
internal sealed class MapRunRecorder(LocalEngine engine, MapRunNames names, MapRunRow run, string executionArn, int redrives) : IMapRunOutcomes
{
    /// <summary>The maximum size of the outcomes that are not committed yet. When it is reached, adding waits.</summary>
    private const long MaxBytes = 4 * 1024 * 1024;

    /// <summary>The approximate maximum size of one write, some hundred rows: the writes of other executions wait for its commit.</summary>
    private const long CommitBytes = 64 * 1024;

    private const int PageSize = 200;

    private readonly Lock _gate = new();
    private readonly Queue<MapChildRow> _waiting = new();
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private long _run;
    private long _bytes;
    private bool _writing;

    public async Task<RecordedOutcomes> OpenAsync(CancellationToken cancellationToken)
    {
        _run = await engine.Writer.WriteAsync(statements => statements.MapRuns.Enter(run, executionArn), cancellationToken);
        return engine.Readers.Read(reader => reader.MapRuns.Ended(_run, redrives));
    }

    public async ValueTask AddAsync(MapRunEntry child, CancellationToken cancellationToken)
    {
        MapChildRow row = ToRow(child);
        bool begins;
        lock (_gate)
        {
            _waiting.Enqueue(row);
            _bytes += row.Size;
            begins = !_writing;
            _writing = true;
        }

        if (begins)
        {
            _ = Task.Run(WriteAsync, CancellationToken.None);
        }

        await UntilAsync(() => _bytes <= MaxBytes, cancellationToken);
    }

    public Task FlushAsync(CancellationToken cancellationToken) => UntilAsync(() => !_writing, cancellationToken);

    public async IAsyncEnumerable<MapRunEntry> ReadAsync(OutcomeGroup group, int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        int? next = from;
        while (next is { } first)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<MapChildRow> page = engine.Readers.Read(reader => reader.MapRuns.Children(_run, group, first, PageSize));
            foreach (MapChildRow row in page)
            {
                yield return ToEntry(row);
            }

            next = page.Count == PageSize ? page[^1].Index + 1 : null;
        }
    }

    private async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task written;
            lock (_gate)
            {
                if (_failure is { } failure)
                {
                    throw new InvalidOperationException($"The outcomes of the Map Run {run.Arn} could not be written.", failure);
                }

                if (condition())
                {
                    return;
                }

                written = _written.Task;
            }

            await written.WaitAsync(cancellationToken);
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<MapChildRow>();
        while (true)
        {
            long bytes = 0;
            batch.Clear();
            lock (_gate)
            {
                while (bytes < CommitBytes && _waiting.TryDequeue(out MapChildRow? row))
                {
                    batch.Add(row);
                    bytes += row.Size;
                }
            }

            Exception? failure = batch.Count == 0 ? null : await TryWriteAsync(batch);
            TaskCompletionSource written;
            bool ends;
            lock (_gate)
            {
                _bytes -= bytes;
                _failure ??= failure;
                ends = _failure is not null || _waiting.Count == 0;
                _writing = !ends;
                written = _written;
                _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            written.TrySetResult();
            if (ends)
            {
                return;
            }
        }
    }

    private async Task<Exception?> TryWriteAsync(List<MapChildRow> batch)
    {
        var write = new OutcomesWrite(_run, [.. batch]);
        engine.Writer.Submit(write);
        try
        {
            await write.Done;
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private MapChildRow ToRow(MapRunEntry child) => new()
    {
        Index = child.Index,
        Items = child.Items,
        Status = child.Result?.Status,
        StartTime = child.StartTime.ToUnixTimeMilliseconds(),
        StopTime = child.Result?.StopTime.ToUnixTimeMilliseconds(),
        Redrives = redrives,
        Next = child.Next,
        Input = child.Input.ToUtf8(),
        Output = child.Result?.Output?.ToUtf8(),
        Error = child.Result?.Error?.Name,
        Cause = child.Result?.Error?.Cause,
        History = child.Result is { History.Count: > 0 } result ? Gzip.Compress(HistoryText.Write([.. result.History]), CompressionLevel.Fastest) : null,
    };

    private MapRunEntry ToEntry(MapChildRow row)
    {
        MapRunEntry entry = names.Entry(row.Index, JsonValue.Parse(row.Input), row.Items, null);
        entry.StartTime = DateTimeOffset.FromUnixTimeMilliseconds(row.StartTime);
        entry.Result = row.Status is not { } status ? null : new(
            status,
            row.Output is { } output ? JsonValue.Parse(output) : null,
            StatesError.Stored(row.Error, row.Cause),
            DateTimeOffset.FromUnixTimeMilliseconds(row.StopTime!.Value));
        return entry;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using StepFlow.Language.Evaluation;
using StepFlow.Local.Journal;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.History;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Local.Engine;

/// <summary>
/// The Express children of distributed Maps. They run in memory, and only their outcomes are recorded. After a crash,
/// children without an outcome run again (Express executions run at least once).
/// </summary>
internal sealed class ExpressChildren(InMemoryRunner runner, JournalReaders readers)
{
    /// <summary>The maximum number of children that wait for their first turn.</summary>
    private const int MaxWaiting = 512;

    private readonly FirstTurns _firstTurns = new(MaxWaiting);
    private readonly ConcurrentDictionary<string, InMemoryExecution> _running = new(StringComparer.Ordinal);

    /// <summary>Waits until another child may start.</summary>
    public ValueTask ReadyAsync(CancellationToken cancellationToken) => _firstTurns.ReadyAsync(cancellationToken);

    /// <summary>Runs a child to its end.</summary>
    /// <param name="stop">Stops the child. The call still returns its result.</param>
    /// <param name="abandon">Ends the child without a result.</param>
    public async Task<MapRunChildResult> RunAsync(MapRunChild child, ExecutionRequest parent, CancellationToken stop, CancellationToken abandon)
    {
        Action begun = _firstTurns.Enter();
        ExpressChild running = ExpressChild.Start(runner, child, parent, begun, abandon);
        _running[child.Start.ExecutionArn] = running.Execution;
        try
        {
            return await running.EndAsync(stop);
        }
        finally
        {
            _running.TryRemove(child.Start.ExecutionArn, out _);
            begun();
        }
    }

    /// <summary>A child by its ARN; null if there is none.</summary>
    public ExecutionRecord? Find(string executionArn)
    {
        if (_running.TryGetValue(executionArn, out InMemoryExecution? running))
        {
            return running.ToRecord();
        }

        return readers.Read(reader => reader.MapRuns.FindByChild(executionArn) is var (run, index) && reader.MapRuns.FindChild(run.Id, index) is { Status: not null } row
            ? ToRecord(run, row)
            : null);
    }

    /// <summary>The history of a child. The history of a child that succeeded is not stored.</summary>
    public HistoryPage History(string executionArn, long? after, int count, bool reverse)
    {
        byte[]? packed = readers.Read(reader => reader.MapRuns.FindByChild(executionArn) is var (run, index) ? reader.MapRuns.FindChild(run.Id, index)?.History : null);
        return packed is null ? HistoryPage.Empty : HistoryPage.Of(HistoryText.Read(Gzip.Decompress(packed)), after, count, reverse);
    }

    /// <summary>The children of a run: first those that run, then the others by descending index. Null if its children are not Express executions.</summary>
    public Page<ExecutionSummary>? List(ExecutionQuery query)
    {
        if (query.MapRunArn is not { } arn || readers.Read(reader => reader.MapRuns.Find(arn)) is not { Children: { } prefix } run)
        {
            return null;
        }

        var page = new List<ExecutionSummary>();
        if (query.After is null && query.Status is null or ExecutionStatus.Running && query.Redriven is not true)
        {
            page.AddRange(_running.Values.Where(child => child.Start.ExecutionArn.StartsWith(prefix, StringComparison.Ordinal))
                .Take(query.Count).Select(static child => ExecutionSummary.Of(child.ToRecord())));
        }

        int? before = int.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
        int left = query.Count - page.Count;
        IReadOnlyList<MapChildRow> rows = query.Status is ExecutionStatus.Running
            ? []
            : readers.Read(reader => reader.MapRuns.ChildrenBackwards(run.Id, query.Status, query.Redriven, before, left + 1));
        page.AddRange(rows.Take(left).Select(row => ExecutionSummary.Of(ToRecord(run, row)) with { ItemIndex = run.IsBatched ? null : row.Index }));
        string? next = rows.Count <= left ? null
            : (left > 0 ? rows[left - 1].Index : int.MaxValue).ToString(CultureInfo.InvariantCulture);
        return new(page, next);
    }

    private static ExecutionRecord ToRecord(MapRunRow run, MapChildRow row) =>
        new ExpressChildRecord(run.Arn, run.Machine, run.Role, run.Definition, ParentExecutionArn: null).Of(
            row.Index,
            JsonValue.Parse(row.Input),
            context: null,
            DateTimeOffset.FromUnixTimeMilliseconds(row.StartTime),
            new(
                row.Status!.Value,
                row.Output is { } output ? JsonValue.Parse(output) : null,
                StatesError.Stored(row.Error, row.Cause),
                DateTimeOffset.FromUnixTimeMilliseconds(row.StopTime!.Value)),
            row.Redrives);
}

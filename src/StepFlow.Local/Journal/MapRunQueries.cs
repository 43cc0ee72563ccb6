using StepFlow.Local.Records;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Local.Journal;

/// <summary>Queries about Map Runs and the recorded outcomes of their children.</summary>
internal sealed class MapRunQueries(JournalReader reader)
{
    private const string Run = "id, arn, children, machine, role, definition, batched";
    private const string Child = "id, items, status, start_time, stop_time, redrives, input, output, error, cause, history";

    /// <summary>A run by its ARN; null where none is recorded.</summary>
    public MapRunRow? Find(string mapRunArn) =>
        reader.Prepare($"SELECT {Run} FROM map_runs WHERE arn=?").Bind(1, mapRunArn).First(ReadRun);

    /// <summary>The run of the Express child with an ARN, and the child's index; null if there is none.</summary>
    public (MapRunRow Run, int Index)? FindByChild(string executionArn)
    {
        if (MapRunNames.ExpressChildPrefixOf(executionArn) is not { } prefix)
        {
            return null;
        }

        MapRunRow? run = reader.Prepare($"SELECT {Run} FROM map_runs WHERE children=?").Bind(1, prefix).First(ReadRun);
        return run is not null && MapRunNames.ExpressChildIndex(run.Arn, executionArn) is { } index ? (run, index) : null;
    }

    /// <summary>The record of a child. Null for none.</summary>
    public MapChildRow? FindChild(long run, int index) =>
        reader.Prepare($"SELECT {Child} FROM map_children WHERE id=?").Bind(1, First(run) + index).First(ReadChild);

    /// <summary>
    /// The outcomes of the children that need not run again: those that succeeded, and those that ended since the last redrive.
    /// And where the reading of the items continues: a redrive does not use the positions of the run before it, since it
    /// reads the items as they are now.
    /// </summary>
    public RecordedOutcomes Ended(long run, int redrives)
    {
        SqliteStatement query = reader.Prepare($"""
            SELECT id, status FROM map_children WHERE id BETWEEN ?1 AND ?2 AND status IS NOT NULL AND (status={(int)ExecutionStatus.Succeeded} OR redrives=?3)
            ORDER BY id
            """).Bind(1, First(run)).Bind(2, Last(run)).Bind(3, redrives);
        var ended = new RecordedOutcomes();
        foreach ((int index, long status) in query.Rows(static row => ((int)(row.Int64(0) % MapChildRow.MaxChildren), row.Int64(1))))
        {
            ended.Add(index, (ExecutionStatus)status);
        }

        ended.Start = StartOfReading(run, redrives, ended.EndedFromFirst) ?? ReadingStart.First;
        return ended;
    }

    /// <summary>The last recorded position before which all children have ended. Null for none.</summary>
    private ReadingStart? StartOfReading(long run, int redrives, int ended)
    {
        SqliteStatement positions = reader.Prepare("SELECT id, next FROM map_children WHERE id BETWEEN ? AND ? AND next IS NOT NULL AND redrives=? ORDER BY id DESC LIMIT 1")
            .Bind(1, First(run)).Bind(2, First(run) + ended - 1).Bind(3, redrives);
        ReadingStart? start = positions.First(static row => new ReadingStart((int)(row.Int64(0) % MapChildRow.MaxChildren) + 1, PositionRecord.Read(row.Blob(1))));
        if (start is null)
        {
            return null;
        }

        SqliteStatement counts = reader.Prepare("SELECT status, sum(items), count(*) FROM map_children WHERE id BETWEEN ? AND ? GROUP BY status")
            .Bind(1, First(run)).Bind(2, First(run) + start.Child - 1);
        foreach ((ExecutionStatus status, long items, long children) in counts.Rows(static row => ((ExecutionStatus)row.Int64(0), row.Int64(1), row.Int64(2))))
        {
            start = start with { Items = start.Items.With(items, status), Executions = start.Executions.With(children, status) };
        }

        return start;
    }

    /// <summary>Children in the order of their indexes.</summary>
    public IReadOnlyList<MapChildRow> Children(long run, OutcomeGroup group, int from, int count) =>
        reader.Prepare($"SELECT {Child} FROM map_children WHERE id BETWEEN ? AND ?{Condition(group)} ORDER BY id LIMIT ?")
            .Bind(1, First(run) + from).Bind(2, Last(run)).Bind(3, count).All(ReadChild);

    /// <summary>Children that ended, from the greatest index down.</summary>
    /// <param name="status">In this status; null for every one.</param>
    /// <param name="redriven">Whether they were redriven; null for both.</param>
    /// <param name="before">Only indexes below this one; null for all.</param>
    /// <param name="count">The maximum number to show.</param>
    public IReadOnlyList<MapChildRow> ChildrenBackwards(long run, ExecutionStatus? status, bool? redriven, int? before, int count)
    {
        string redrives = redriven switch
        {
            null => string.Empty,
            true => " AND redrives>0",
            false => " AND redrives=0",
        };
        string ended = status switch
        {
            null => " AND status IS NOT NULL",
            ExecutionStatus.Succeeded => $" AND status={(int)ExecutionStatus.Succeeded}",
            // The second condition leads to the index of those that did not succeed.
            { } other => $" AND status={(int)other} AND (status IS NULL OR status<>{(int)ExecutionStatus.Succeeded})",
        };
        return reader.Prepare($"SELECT {Child} FROM map_children WHERE id BETWEEN ? AND ?{ended}{redrives} ORDER BY id DESC LIMIT ?")
            .Bind(1, First(run)).Bind(2, before is { } index ? First(run) + index - 1 : Last(run)).Bind(3, count).All(ReadChild);
    }

    private static long First(long run) => run * MapChildRow.MaxChildren;

    private static long Last(long run) => First(run + 1) - 1;

    private static string Condition(OutcomeGroup group) => group switch
    {
        OutcomeGroup.Succeeded => $" AND status={(int)ExecutionStatus.Succeeded}",
        OutcomeGroup.Failed => $" AND status IS NOT NULL AND (status IS NULL OR status<>{(int)ExecutionStatus.Succeeded})",
        OutcomeGroup.Pending => $" AND status IS NULL AND (status IS NULL OR status<>{(int)ExecutionStatus.Succeeded})",
        _ => string.Empty,
    };

    private static MapRunRow ReadRun(SqliteStatement row) => new(
        row.Int64(0), row.Text(1), row.NullableText(2), row.Text(3), row.Text(4), row.Text(5), row.Int64(6) != 0);

    private static MapChildRow ReadChild(SqliteStatement row) => new()
    {
        Index = (int)(row.Int64(0) % MapChildRow.MaxChildren),
        Items = (int)row.Int64(1),
        Status = (ExecutionStatus?)row.NullableInt64(2),
        StartTime = row.Int64(3),
        StopTime = row.NullableInt64(4),
        Redrives = (int)row.Int64(5),
        Input = row.Blob(6).ToArray(),
        Output = row.NullableBlob(7),
        Error = row.NullableText(8),
        Cause = row.NullableText(9),
        History = row.NullableBlob(10),
    };
}

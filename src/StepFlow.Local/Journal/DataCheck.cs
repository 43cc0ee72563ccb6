using Microsoft.Data.Sqlite;
using StepFlow.Execution.History;
using StepFlow.Local.Records;

namespace StepFlow.Local.Journal;

/// <summary>Reads the whole data file and lists what is damaged. It reads in parts, so that a running server is not blocked.</summary>
internal sealed class DataCheck(JournalReader reader)
{
    /// <summary>The subject of a problem of the file's structure.</summary>
    public const string File = "the file";

    /// <summary>What SQLite finds wrong with the file's structure. Reads the whole file.</summary>
    public IEnumerable<Damage> Structure() =>
        reader.StructureProblems().Select(static problem => new Damage(File, problem.Trim().ReplaceLineEndings("; ")));

    /// <summary>The losses that were detected at earlier starts.</summary>
    public IReadOnlyList<Damage> Losses() =>
        [.. reader.Losses().Select(static loss => new Damage($"found at {loss.Time}", loss.Description))];

    /// <summary>Checks some executions: their starts, definitions, turns, snapshots, and that no event is missing.</summary>
    /// <param name="after">Where the part before ended; 0 for the first.</param>
    /// <param name="last">The id of the last one in this part; null if there are no more.</param>
    public IReadOnlyList<Damage> Executions(long after, int count, out long? last)
    {
        IReadOnlyList<(long Id, string Arn)> part = reader.ExecutionsAfter(after, count);
        last = part.Count < count ? null : part[^1].Id;
        var found = new List<Damage>();
        foreach ((long id, string arn) in part)
        {
            try
            {
                if (Execution(id, arn) is { } problem)
                {
                    found.Add(new(arn, problem));
                }
            }
            catch (Exception e) when (e is JournalException or SqliteException or FormatException or System.Text.Json.JsonException or InvalidCastException)
            {
                found.Add(new(arn, e.Message));
            }
        }

        return found;
    }

    /// <summary>Checks that documents and the items of tables read as JSON.</summary>
    public IEnumerable<Damage> Texts() =>
        reader.Texts().Where(static text => !IsJson(text.Value)).Select(static text => new Damage(text.Name, "It is not valid JSON."));

    private string? Execution(long id, string arn)
    {
        if (reader.FindExecution(arn) is not { } execution)
        {
            return null;
        }

        var payloads = new PayloadCache(reader);
        StartRecord.Read(execution.Row.Start, new ValueReader(payloads));
        reader.Definition(execution.Row.Definition);
        reader.FindSnapshot(id);
        if (execution.Progress.Output is { } output)
        {
            var record = new RecordReader(output);
            new ValueReader(payloads).Read(ref record);
        }

        long last = 0;
        foreach (byte[] turn in reader.Turns(id, 0))
        {
            foreach (HistoryEvent entry in TurnRecord.ReadEvents(turn, payloads))
            {
                if (entry.Id != ++last)
                {
                    return $"Events are missing from its history: {entry.Id} follows {last - 1}.";
                }
            }
        }

        return last == 0 ? "Its history is missing." : null;
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            JsonValue.Parse(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException or ArgumentException)
        {
            return false;
        }
    }
}

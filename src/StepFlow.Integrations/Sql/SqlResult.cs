using System.Data.Common;

namespace StepFlow.Integrations.Sql;

/// <summary>Reads what a statement returns, up to the bytes that a task's result may have.</summary>
/// <param name="database">The connection, with the limit.</param>
internal sealed class SqlResult(SqlDatabase database)
{
    private long _bytes;

    /// <summary>The rows of one statement and how many it changed; or why they are no result.</summary>
    public async Task<(JsonObject? Result, TaskRejected? Problem)> ReadAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        string[] types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDataTypeName)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int index = 0; index < names.Length; index++)
        {
            if (names[index].Length == 0 || !seen.Add(names[index]))
            {
                return (null, new(SqlErrors.InvalidResult, SqlErrors.Column(index + 1, names[index]) + " Nothing was changed."));
            }
        }

        var rows = new List<JsonValue>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new JsonObjectBuilder(names.Length);
            for (int index = 0; index < names.Length; index++)
            {
                row.Set(names[index], SqlValue.ToJson(reader.GetValue(index), types[index]));
            }

            JsonObject made = row.Build();
            rows.Add(made);
            if ((_bytes += made.Utf8Length + 1) > database.Options.MaxResponseBytes)
            {
                return (null, SqlErrors.TooLarge(database));
            }
        }

        // A failure of what follows in the same text is told only when it is read.
        while (await reader.NextResultAsync(cancellationToken))
        {
            if (reader.FieldCount > 0)
            {
                return (null, new(SqlErrors.InvalidArgument, SqlErrors.SeveralResults + " Nothing was changed."));
            }
        }

        await reader.CloseAsync();
        return (JsonObject.Create(("Rows", JsonArray.From(rows)), ("RowsAffected", Math.Max(0, reader.RecordsAffected))), null);
    }
}

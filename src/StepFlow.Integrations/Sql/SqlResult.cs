using System.Data.Common;

namespace StepFlow.Integrations.Sql;

/// <summary>Reads the result of a statement, up to the maximum size of a task's result.</summary>
/// <param name="database">The connection, with the limit.</param>
internal sealed class SqlResult(SqlDatabase database)
{
    private long _bytes;

    /// <summary>The rows of one statement and the number of changed rows, or why they cannot be a result.</summary>
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

        // The failure of a later statement in the same text is only thrown when it is read.
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

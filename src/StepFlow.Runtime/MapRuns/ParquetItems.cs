using System.Globalization;
using Parquet;
using Parquet.Schema;
using RowGroup = Parquet.Meta.RowGroup;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Rows of a Parquet file as objects, one row group at a time; a reading can begin with every group. Instants and dates become texts (ISO 8601), bytes become
/// Base64. Columns of lists, maps and structures are refused.
/// </summary>
/// <param name="source">Where the file is.</param>
/// <param name="items">Takes the items.</param>
internal sealed class ParquetItems(string source, ItemSink items)
{
    /// <summary>Reads a file, from the sink's row group on.</summary>
    /// <exception cref="ItemReaderException">The file is not Parquet, or has columns of several values.</exception>
    /// <exception cref="ObjectStoreException">A part of it cannot be read.</exception>
    public async Task ReadAsync(PartialFile file, CancellationToken cancellationToken)
    {
        try
        {
            await ReadFileAsync(file, cancellationToken);
        }
        catch (Exception failure) when (failure is ParquetException or IOException or InvalidOperationException or NotSupportedException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            // The library throws these exceptions for damaged files.
            throw new ItemReaderException(MapRunErrors.Malformed("Parquet", failure.Message));
        }
    }

    private async Task ReadFileAsync(PartialFile file, CancellationToken cancellationToken)
    {
        file.Content.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(file.Content, cancellationToken: cancellationToken);
        DataField[] columns = reader.Schema.GetDataFields();
        if (Array.Find(columns, static column => column.MaxRepetitionLevel > 0 || column.Path.Length > 1) is { } nested)
        {
            throw new ItemReaderException(MapRunErrors.Unsupported($"the Parquet column '{nested.Path}', which holds lists or structures"));
        }

        long[] starts = [.. reader.RowGroups.Select(static rows => StartOf(rows.RowGroup)).Append(file.FooterStart).Order()];
        for (int group = file.IsWhole ? 0 : (int)items.Record.Offset; group < reader.RowGroupCount && !items.IsFull; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            if (!file.IsWhole)
            {
                items.Begin(new RecordStart(group));
                long start = StartOf(rows.RowGroup);
                await file.FillAsync(start, Array.Find(starts, other => other > start), cancellationToken);
            }

            items.Expect(rows.RowCount);
            var values = new JsonValue[columns.Length][];
            for (int column = 0; column < columns.Length; column++)
            {
                values[column] = await ReadColumnAsync(rows, columns[column], cancellationToken);
            }

            for (int row = 0; row < rows.RowCount && !items.IsFull; row++)
            {
                var item = new JsonObjectBuilder(columns.Length);
                for (int column = 0; column < columns.Length; column++)
                {
                    item.Set(columns[column].Name, values[column][row]);
                }

                JsonObject built = item.Build();
                items.Add(null, built, source, built.Utf8Length);
                await items.FlushAsync(cancellationToken);
            }
        }
    }

    /// <summary>The first byte of a row group. It ends where the next one starts, because the lengths in files do not include the gaps between them.</summary>
    private static long StartOf(RowGroup group) => group.Columns
        .Select(static column => column.MetaData!)
        .SelectMany(static column => (long[])[column.DictionaryPageOffset ?? 0, column.DataPageOffset, column.IndexPageOffset ?? 0])
        .Where(static offset => offset > 0)
        .DefaultIfEmpty(0)
        .Min();

    private static Task<JsonValue[]> ReadColumnAsync(ParquetRowGroupReader rows, DataField column, CancellationToken cancellationToken) => Type.GetTypeCode(column.ClrType) switch
    {
        TypeCode.Boolean => ReadAsync<bool>(rows, column, static value => value, cancellationToken),
        TypeCode.SByte => ReadAsync<sbyte>(rows, column, static value => (long)value, cancellationToken),
        TypeCode.Byte => ReadAsync<byte>(rows, column, static value => (long)value, cancellationToken),
        TypeCode.Int16 => ReadAsync<short>(rows, column, static value => (long)value, cancellationToken),
        TypeCode.UInt16 => ReadAsync<ushort>(rows, column, static value => (long)value, cancellationToken),
        TypeCode.Int32 => ReadAsync<int>(rows, column, static value => (long)value, cancellationToken),
        TypeCode.UInt32 => ReadAsync<uint>(rows, column, static value => (long)value, cancellationToken),
        TypeCode.Int64 => ReadAsync<long>(rows, column, static value => value, cancellationToken),
        TypeCode.UInt64 => ReadAsync<ulong>(rows, column, static value => Number(value.ToString(CultureInfo.InvariantCulture)), cancellationToken),
        TypeCode.Single => ReadAsync<float>(rows, column, static value => Number(value.ToString("R", CultureInfo.InvariantCulture)), cancellationToken),
        TypeCode.Double => ReadAsync<double>(rows, column, static value => Number(value.ToString("R", CultureInfo.InvariantCulture)), cancellationToken),
        TypeCode.Decimal => ReadAsync<decimal>(rows, column, static value => Number(value.ToString(CultureInfo.InvariantCulture)), cancellationToken),
        TypeCode.DateTime => ReadAsync<DateTime>(rows, column, static value => IsoTime.Milliseconds(value.ToUniversalTime()), cancellationToken),
        _ when column.ClrType == typeof(string) || column.ClrType == typeof(ReadOnlyMemory<char>) => ReadTextsAsync(rows, column, cancellationToken),
        _ when column.ClrType == typeof(byte[]) || column.ClrType == typeof(ReadOnlyMemory<byte>) => ReadBytesAsync(rows, column, cancellationToken),
        _ when column.ClrType == typeof(DateOnly) => ReadAsync<DateOnly>(rows, column, static value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken),
        _ when column.ClrType == typeof(TimeOnly) => ReadAsync<TimeOnly>(rows, column, static value => value.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture), cancellationToken),
        _ when column.ClrType == typeof(TimeSpan) => ReadAsync<TimeSpan>(rows, column, static value => value.ToString("c", CultureInfo.InvariantCulture), cancellationToken),
        _ when column.ClrType == typeof(Guid) => ReadAsync<Guid>(rows, column, static value => value.ToString("D"), cancellationToken),
        _ => throw new ItemReaderException(MapRunErrors.Unsupported($"the Parquet column '{column.Name}' of the type {column.ClrType.Name}")),
    };

    private static async Task<JsonValue[]> ReadAsync<T>(ParquetRowGroupReader rows, DataField column, Func<T, JsonValue> convert, CancellationToken cancellationToken)
        where T : struct
    {
        if (!column.IsNullable)
        {
            var all = new T[rows.RowCount];
            await rows.ReadAsync(column, all.AsMemory(), null, cancellationToken);
            return Array.ConvertAll(all, value => convert(value));
        }

        var values = new T?[rows.RowCount];
        await rows.ReadAsync(column, values.AsMemory(), null, cancellationToken);
        return Array.ConvertAll(values, value => value is { } given ? convert(given) : JsonValue.Null);
    }

    private static async Task<JsonValue[]> ReadTextsAsync(ParquetRowGroupReader rows, DataField column, CancellationToken cancellationToken)
    {
        string?[] values = new string?[rows.RowCount];
        await rows.ReadAsync(column, values.AsMemory()!, null, cancellationToken);
        return Array.ConvertAll(values, static value => value is null ? JsonValue.Null : (JsonValue)value);
    }

    private static async Task<JsonValue[]> ReadBytesAsync(ParquetRowGroupReader rows, DataField column, CancellationToken cancellationToken)
    {
        byte[]?[] values = new byte[]?[rows.RowCount];
        await rows.ReadAsync(column, values.AsMemory()!, null, cancellationToken);
        return Array.ConvertAll(values, static value => value is null ? JsonValue.Null : (JsonValue)Convert.ToBase64String(value));
    }

    // A number that JSON does not have (NaN, infinity) is a text.
    private static JsonValue Number(string text) => JsonValue.ParseOrNull(text) ?? text;
}

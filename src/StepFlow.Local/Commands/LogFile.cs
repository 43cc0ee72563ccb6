using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace StepFlow.Local.Commands;

/// <summary>The file of a log group: records of execution logs, one JSON text in each line. A server may write it at the same time.</summary>
/// <param name="execution">Only records of this execution, <c>MACHINE/NAME</c> or its ARN; null for all.</param>
internal sealed class LogFile(string path, string? execution)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<byte> _line = [];
    private long _position;

    /// <summary>The last records, including those of the previous file.</summary>
    /// <param name="limit">The maximum number to show.</param>
    public async Task<IReadOnlyList<JsonObject>> ReadLastAsync(int limit, CancellationToken cancellationToken)
    {
        var last = new Queue<JsonObject>();
        if (File.Exists(path + ".1"))
        {
            await new LogFile(path + ".1", execution).ReadNewAsync(Take, cancellationToken);
        }

        await ReadNewAsync(Take, cancellationToken);
        return [.. last];

        void Take(JsonObject record)
        {
            last.Enqueue(record);
            if (last.Count > limit)
            {
                last.Dequeue();
            }
        }
    }

    /// <summary>Gives each record that is written from now on, until it is cancelled.</summary>
    public async Task FollowAsync(Action<JsonObject> onRecord, CancellationToken cancellationToken)
    {
        while (true)
        {
            await ReadNewAsync(onRecord, cancellationToken);
            await Task.Delay(PollInterval, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>The execution of a record, as commands name it.</summary>
    public static string Name(JsonObject record) => Text(record, "execution_arn").Split(':') is [.., var machine, var name] ? $"{machine}/{name}" : string.Empty;

    public static string Time(JsonObject record) => long.TryParse(Text(record, "event_timestamp"), CultureInfo.InvariantCulture, out long milliseconds)
        ? CommandTime.Full(JsonNumber.Create(milliseconds / 1000.0))
        : string.Empty;

    /// <summary>A member of a record as a text.</summary>
    public static string Text(JsonObject record, string name) => record[name] switch { JsonString text => text.Value, JsonNumber number => number.Text, _ => string.Empty };

    /// <summary>Reads what was written since the last call. An incomplete line is read the next time.</summary>
    private async Task ReadNewAsync(Action<JsonObject> onRecord, CancellationToken cancellationToken)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // The server renames a large file and starts a new one with the next record.
            _position = 0;
            return;
        }

        await using (stream)
        {
            if (stream.Length < _position)
            {
                _position = 0;
                _line.Clear();
            }

            stream.Position = _position;
            while (await stream.ReadAsync(_buffer, cancellationToken) is > 0 and int count)
            {
                _position += count;
                Split(_buffer.AsSpan(0, count), onRecord);
            }
        }
    }

    private void Split(ReadOnlySpan<byte> bytes, Action<JsonObject> onRecord)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and int end)
        {
            _line.AddRange(bytes[..end]);
            bytes = bytes[(end + 1)..];
            string line = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_line));
            _line.Clear();
            if (JsonValue.ParseOrNull(line) is JsonObject record && (execution is null || Name(record) == execution || Text(record, "execution_arn") == execution))
            {
                onRecord(record);
            }
        }

        _line.AddRange(bytes);
    }
}

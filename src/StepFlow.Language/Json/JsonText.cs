using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>Writes values with a buffer and a writer for each thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The writer holds nothing but its buffer.")]
internal sealed class JsonText
{
    /// <summary>A larger buffer is not reused.</summary>
    private const int LargestCached = 1 << 20;

    [ThreadStatic]
    private static JsonText? _cached;

    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _writer;

    private JsonText() => _writer = new(_buffer, JsonTextEncoder.WriterOptions);

    /// <summary>Hands the compact UTF-8 text of a value to a reader.</summary>
    public static T Write<T>(JsonValue value, Func<ReadOnlySpan<byte>, T> read)
    {
        // Removed while it is in use, because a reader may write another value.
        JsonText text = _cached ?? new();
        _cached = null;
        value.WriteTo(text._writer);
        text._writer.Flush();
        T result = read(text._buffer.WrittenSpan);
        if (text._buffer.Capacity <= LargestCached)
        {
            text._buffer.ResetWrittenCount();
            text._writer.Reset();
            _cached = text;
        }

        return result;
    }
}

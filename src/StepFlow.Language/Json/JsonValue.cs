using System.Buffers;
using System.Text;
using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>
/// An immutable JSON value. Trees share structure: a changed copy contains the unchanged parts of the original, so
/// passing a document through a state costs nothing.
/// </summary>
/// <remarks>Equality is by value: numbers by magnitude (1 equals 1.0), objects regardless of member order.</remarks>
public abstract class JsonValue : IEquatable<JsonValue>
{
    /// <summary>
    /// The maximum of <see cref="Utf8Length"/>. Because values share parts, the text of a small tree can be longer than
    /// any number.
    /// </summary>
    internal const long LongestText = 1L << 60;

    private protected JsonValue()
    {
    }

    /// <summary>The kind of this value.</summary>
    public abstract JsonKind Kind { get; }

    /// <summary>The length in bytes of the compact UTF-8 text of this value. Cached where it is costly, and at most 2^60.</summary>
    public abstract long Utf8Length { get; }

    /// <summary>How deep arrays and objects nest in this value: 0 for a scalar, 1 for an array or object of scalars. Cached.</summary>
    public virtual int Depth => 0;

    /// <summary>The location of this value's content outside; null if the content is in memory. Code that reads the value loads it.</summary>
    public virtual DeferredContent? Deferred => null;

    /// <summary>The literal <c>null</c>.</summary>
    public static JsonValue Null => JsonNull.Instance;

    /// <summary>The literal <c>true</c>.</summary>
    public static JsonValue True => JsonBoolean.TrueValue;

    /// <summary>The literal <c>false</c>.</summary>
    public static JsonValue False => JsonBoolean.FalseValue;

    /// <summary>Whether this is the literal <c>null</c>.</summary>
    public bool IsNull => Kind == JsonKind.Null;

    public static implicit operator JsonValue(bool value) => value ? True : False;

    public static implicit operator JsonValue(long value) => JsonNumber.Create(value);

    public static implicit operator JsonValue(int value) => JsonNumber.Create(value);

    public static implicit operator JsonValue(string value) => new JsonString(value);

    public static bool operator ==(JsonValue? left, JsonValue? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(JsonValue? left, JsonValue? right) => !(left == right);

    /// <summary>Reads one JSON text (RFC 8259). Where a key is repeated, the last value wins.</summary>
    /// <param name="utf8">The text; nothing but white space may surround the value.</param>
    /// <exception cref="JsonFormatException">The text is not JSON, or nests deeper than <see cref="JsonParser.MaxDepth"/>.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8) => JsonParser.Parse(utf8);

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    /// <param name="text">The text; nothing but white space may surround the value.</param>
    public static JsonValue Parse(string text)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(text, rented);
            return JsonParser.Parse(rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads one JSON text; null where it is not JSON.</summary>
    public static JsonValue? ParseOrNull(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    /// <summary>A value that is stored outside until it is read.</summary>
    public static JsonValue Defer(DeferredContent content) => content.Reference.Kind switch
    {
        JsonKind.Object => new JsonObject(content),
        JsonKind.Array => new JsonArray(content),
        _ => new JsonString(content),
    };

    /// <summary>Writes this value.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>A writer of compact UTF-8 text in the form of <see cref="ToUtf8"/>, for texts that are written in parts.</summary>
    /// <param name="output">Takes the text.</param>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> output) => new(output, JsonTextEncoder.WriterOptions);

    /// <summary>The compact UTF-8 text of this value. Only what JSON requires is escaped, as in AWS.</summary>
    public byte[] ToUtf8() => JsonText.Write(this, static text => text.ToArray());

    /// <summary>The compact text of this value.</summary>
    public override string ToString() => JsonText.Write(this, static text => Encoding.UTF8.GetString(text));

    /// <summary>The text of this value with indentation, for people.</summary>
    public string ToIndentedString()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, JsonTextEncoder.IndentedWriterOptions);
        WriteTo(writer);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public abstract bool Equals(JsonValue? other);

    public sealed override bool Equals(object? obj) => Equals(obj as JsonValue);

    public abstract override int GetHashCode();
}

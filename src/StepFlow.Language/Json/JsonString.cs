using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>A JSON string.</summary>
public sealed class JsonString : JsonValue
{
    /// <summary>The empty string.</summary>
    public static readonly JsonString Empty = new(string.Empty);

    /// <summary>The text, or its location outside. It is one field, because small strings use most of the memory of documents.</summary>
    private readonly object _held;
    private int _utf8Length;

    /// <summary>A JSON string of the given text.</summary>
    public JsonString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _held = value;
    }

    internal JsonString(DeferredContent content)
    {
        _held = content;
        _utf8Length = (int)content.Reference.Utf8Length;
    }

    /// <summary>The text.</summary>
    public string Value => _held as string ?? ((JsonString)((DeferredContent)_held).Load()).Value;

    public override JsonKind Kind => JsonKind.String;

    public override long Utf8Length => _utf8Length != 0 ? _utf8Length : _utf8Length = JsonTextEncoder.QuotedLength(Value);

    public override DeferredContent? Deferred => _held as DeferredContent;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteStringValue(Value);

    public override bool Equals(JsonValue? other) =>
        other is JsonString text && string.Equals(Value, text.Value, StringComparison.Ordinal);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}

using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>The JSON literal <c>null</c>.</summary>
public sealed class JsonNull : JsonValue
{
    public static readonly JsonNull Instance = new();

    private JsonNull()
    {
    }

    public override JsonKind Kind => JsonKind.Null;

    public override long Utf8Length => 4;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override bool Equals(JsonValue? other) => other is JsonNull;

    public override int GetHashCode() => 0;
}

using System.Text.Json;

namespace StepFlow.Language.Json;

/// <summary>The JSON literal <c>true</c> or <c>false</c>.</summary>
public sealed class JsonBoolean : JsonValue
{
    internal static readonly JsonBoolean TrueValue = new(true);
    internal static readonly JsonBoolean FalseValue = new(false);

    private JsonBoolean(bool value) => Value = value;

    public bool Value { get; }

    public override JsonKind Kind => JsonKind.Boolean;

    public override long Utf8Length => Value ? 4 : 5;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteBooleanValue(Value);

    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Value ? 1 : 2;
}

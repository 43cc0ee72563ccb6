using System.Text.Json;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>A value that exists only during an evaluation. It has no JSON form and is never a result.</summary>
internal abstract class EngineValue : JsonValue
{
    /// <summary>Stands for "not bound at all" in a frame, where null means bound to nothing.</summary>
    public static readonly JsonValue Unbound = new UnboundMarker();

    public override JsonKind Kind => JsonKind.Object;

    public override long Utf8Length => 4;

    public override void WriteTo(Utf8JsonWriter writer) => writer.WriteNullValue();

    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private sealed class UnboundMarker : EngineValue;
}

using StepFlow.Language.Json;

namespace StepFlow.Service.Documents;

/// <summary>Instants on the wire and in documents: seconds since 1970, to the millisecond.</summary>
internal static class Instants
{
    public static JsonValue ToWire(this DateTimeOffset instant) => JsonNumber.Create(instant.ToUnixTimeMilliseconds() / 1000d);

    public static DateTimeOffset FromWire(JsonValue value) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(((JsonNumber)value).ToDouble() * 1000));
}

namespace StepFlow.Runtime.Documents;

/// <summary>Instants on the wire and in documents: seconds since 1970, to the millisecond.</summary>
public static class Instants
{
    public static JsonValue ToWire(this DateTimeOffset instant) => JsonNumber.OfThousandths(instant.ToUnixTimeMilliseconds());

    public static DateTimeOffset FromWire(JsonValue value) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(((JsonNumber)value).ToDouble() * 1000));
}

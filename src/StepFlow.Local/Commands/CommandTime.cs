using System.Globalization;

namespace StepFlow.Local.Commands;

/// <summary>Instants as people read them: UTC, with the zone.</summary>
internal static class CommandTime
{
    /// <summary>Date and time to the second, for lists.</summary>
    public static string Short(JsonValue? time) => Read(time) is { } instant ? IsoTime.Seconds(instant) : string.Empty;

    /// <summary>Date and time to the millisecond.</summary>
    public static string Full(JsonValue? time) => Read(time) is { } instant ? IsoTime.Milliseconds(instant) : string.Empty;

    /// <summary>The time of the day to the millisecond, for progress.</summary>
    public static string OfDay(JsonValue? time) => Read(time) is { } instant ? OfDay(instant) : string.Empty;

    /// <inheritdoc cref="OfDay(JsonValue?)"/>
    public static string OfDay(DateTimeOffset time) => time.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The instant; null if the value is not a time.</summary>
    public static DateTimeOffset? Read(JsonValue? time) => time switch
    {
        JsonString text when DateTimeOffset.TryParse(text.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset instant) => instant,
        JsonNumber seconds => DateTimeOffset.UnixEpoch.AddSeconds(seconds.ToDouble()),
        _ => null,
    };
}

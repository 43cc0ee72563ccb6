using System.Globalization;
using System.Text.Json;

namespace StepFlow.Execution.Snapshots;

/// <summary>Writes and reads missing members, instants and timers.</summary>
internal static class SnapshotMembers
{
    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is { } time)
        {
            writer.WriteString(name, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, FrameTimer? timer)
    {
        if (timer is not null)
        {
            writer.WriteStartObject(name);
            writer.WriteString("id"u8, timer.Id);
            writer.WriteOptional("due", timer.Due);
            writer.WriteEndObject();
        }
    }

    /// <summary>Writes a number that is not zero.</summary>
    public static void WriteUnlessZero(this Utf8JsonWriter writer, string name, long value)
    {
        if (value != 0)
        {
            writer.WriteNumber(name, value);
        }
    }
}

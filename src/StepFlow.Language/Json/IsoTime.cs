using System.Globalization;

namespace StepFlow.Language.Json;

/// <summary>Instants as texts: ISO 8601, in UTC.</summary>
public static class IsoTime
{
    /// <summary>To the second.</summary>
    public static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>To the millisecond, as Step Functions writes them.</summary>
    public static string Milliseconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

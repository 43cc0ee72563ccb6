using System.Globalization;

namespace StepFlow.Integrations.Sql;

/// <summary>Values of databases as JSON, and JSON as values of parameters.</summary>
internal static class SqlValue
{
    /// <summary>A value of a column.</summary>
    /// <param name="value">The value of the provider.</param>
    /// <param name="type">The name of the column's type.</param>
    public static JsonValue ToJson(object value, string type) => value switch
    {
        DBNull => JsonValue.Null,
        bool flag => flag,

        // SQLite has no truth values, but columns that are declared so.
        long number when type.StartsWith("BOOL", StringComparison.OrdinalIgnoreCase) && number is 0 or 1 => number == 1,
        byte or sbyte or short or ushort or int or uint or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        decimal number => JsonValue.Parse(number.ToString(CultureInfo.InvariantCulture)),
        float or double => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), value),
        string text when type is "json" or "jsonb" => JsonValue.ParseOrNull(text) ?? text,
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime time => time.ToString(time.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : type.Equals("date", StringComparison.OrdinalIgnoreCase) ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Array items => JsonArray.From(items.Cast<object?>().Select(item => ToJson(item ?? DBNull.Value, type.TrimEnd(']', '[')))),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    /// <summary>The value of a parameter: a text, a number, true or false, bytes, or <see cref="DBNull"/>.</summary>
    public static object FromJson(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        JsonBoolean flag => flag.Value,
        JsonNumber number when number.TryGetInt64(out long integer) => integer,
        JsonNumber number => decimal.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact) ? exact : number.ToDouble(),
        JsonObject bytes => Convert.FromBase64String(((JsonString)bytes[SqlStatement.Base64]!).Value),
        _ => DBNull.Value,
    };

    // JSON has no number for NaN and the infinities.
    private static JsonValue Number(double number, object value) => !double.IsFinite(number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : JsonValue.Parse(value is float single ? single.ToString("R", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture));
}

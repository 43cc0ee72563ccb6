using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace StepFlow.Runtime.Configuration;

/// <summary>Checks one value of the settings.</summary>
internal static class SettingsValue
{
    private const string KeyVaultReference = "@Microsoft.KeyVault(";

    /// <summary>The problem of a value; null for none. The message does not contain the value, because it can be a secret.</summary>
    public static string? Check(Type type, IReadOnlyList<ValidationAttribute> rules, string? value)
    {
        if (value?.StartsWith(KeyVaultReference, StringComparison.OrdinalIgnoreCase) == true)
        {
            return "is a Key Vault reference that was not resolved. Check that the secret exists and that the app's identity may read it";
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            return value is not null && (type != typeof(string) || rules.Any(rule => !rule.IsValid(value))) ? "is empty" : null;
        }

        if (!TryParse(type, value, out object? parsed))
        {
            return $"must be {Kind(type)}, but is '{value}'";
        }

        return rules.Select(rule => Broken(rule, parsed)).FirstOrDefault(static problem => problem is not null);
    }

    private static bool TryParse(Type type, string text, out object? value)
    {
        bool parsed;
        (parsed, value) = type switch
        {
            _ when type == typeof(string) => (true, text),
            _ when type == typeof(bool) => (bool.TryParse(text, out bool flag), flag),
            _ when type == typeof(int) => (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number), number),
            _ when type == typeof(long) => (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number), number),
            _ when type == typeof(double) => (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number), number),
            _ when type == typeof(TimeSpan) => (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span), span),
            _ when type == typeof(Uri) => (Uri.TryCreate(text, UriKind.Absolute, out Uri? url), (object?)url),
            _ => (Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase), null),
        };
        return parsed;
    }

    private static string Kind(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(TimeSpan) => "a time such as 00:05:00",
        _ when type == typeof(Uri) => "a URL such as https://example.com/path",
        _ => string.Join(" or ", Enum.GetNames(type)),
    };

    private static string? Broken(ValidationAttribute rule, object? value) => rule.IsValid(value)
        ? null
        : rule switch
        {
            RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"must be from {range.Minimum} to {range.Maximum}, but is {value}"),
            { ErrorMessage: { } message } => message,
            _ => rule.FormatErrorMessage("value"),
        };
}

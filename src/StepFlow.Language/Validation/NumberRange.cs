using System.Globalization;
using StepFlow.Language.Jsonata.Asl;

namespace StepFlow.Language.Validation;

/// <summary>Checks literal numbers against the range of their field.</summary>
internal static class NumberRange
{
    /// <summary>The longest timeout, in seconds: the default of Step Functions for a task.</summary>
    public const long MaxSeconds = 99_999_999;

    public static void Integer(JsonNumber number, long minimum, long maximum, string location, ValidationContext context)
    {
        if (!number.TryGetInt64(out long value))
        {
            context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("INTEGER"), location);
        }
        else if (value < minimum)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Minimum(minimum.ToString(CultureInfo.InvariantCulture)), location);
        }
        else if (value > maximum)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Maximum(maximum.ToString(CultureInfo.InvariantCulture)), location);
        }
    }

    public static void Decimal(JsonNumber number, double minimum, double maximum, string location, ValidationContext context)
    {
        double value = number.ToDouble();
        if (value < minimum)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Minimum(minimum.ToString("0.0###", CultureInfo.InvariantCulture)), location);
        }
        else if (value > maximum)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Maximum(maximum.ToString("0.0###", CultureInfo.InvariantCulture)), location);
        }
    }

    /// <summary>A number, or a JSONata expression where the language allows one.</summary>
    public static JsonNumber? Literal(JsonValue? value, QueryLanguage language, string location, ValidationContext context)
    {
        if (value is JsonNumber number)
        {
            return number;
        }

        bool expression = language == QueryLanguage.Jsonata && value is JsonString;
        if (value is not null && !expression)
        {
            context.Diagnostics.Schema(
                language == QueryLanguage.Jsonata ? DiagnosticMessages.ExpectedType("INTEGER", "STRING") : DiagnosticMessages.ExpectedType("INTEGER"),
                location);
        }
        else if (value is JsonString text && !ExpressionText.IsExpression(text.Value))
        {
            context.Diagnostics.Schema(DiagnosticMessages.NotAnExpression, location);
        }

        return null;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace StepFlow.Language.Validation;

/// <summary>Recognises timestamps: RFC 3339 with an upper-case T and an offset (Amazon States Language, "Timestamps").</summary>
internal static partial class Timestamps
{
    public static bool IsTimestamp(string text) =>
        Shape().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}

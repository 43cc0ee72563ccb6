using System.Text.RegularExpressions;

namespace StepFlow.Service.Requests;

/// <summary>A text with bounds on its length (in UTF-16 units), a pattern or an enumeration.</summary>
internal sealed class TextShape : Shape
{
    private readonly string? _pattern;
    private readonly Regex? _regex;

    public TextShape(string? pattern = null)
    {
        _pattern = pattern;

        // The whole text has to match; matching never backtracks, so no input is slow.
        _regex = pattern is null ? null : new($"^(?:{pattern.Replace("\\p{ASCII}", "[\\x00-\\x7F]", StringComparison.Ordinal)})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
    }

    /// <summary>The pattern as the model writes it; null for none.</summary>
    public string? Pattern => _pattern;

    public int? Min { get; init; }

    public int? Max { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public override void Check(JsonValue value, string path, Violations violations)
    {
        if (value is not JsonString { Value: var text })
        {
            throw ApiErrors.Serialization($"{JsonTypes.Name(value)} can not be converted to a String");
        }

        if (text.Length < Min)
        {
            violations.Add(this, value, path, $"Member must have length greater than or equal to {Min}");
        }

        if (text.Length > Max)
        {
            violations.Add(this, value, path, $"Member must have length less than or equal to {Max}");
        }

        if (Values is not null && !Values.Contains(text))
        {
            violations.Add(this, value, path, $"Member must satisfy enum value set: [{string.Join(", ", Values)}]");
        }

        if (_regex?.IsMatch(text) == false)
        {
            violations.Add(this, value, path, $"Member must satisfy regular expression pattern: {_pattern}");
        }
    }

    public override string Display(JsonValue value) => ((JsonString)value).Value;
}

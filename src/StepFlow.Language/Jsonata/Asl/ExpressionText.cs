namespace StepFlow.Language.Jsonata.Asl;

/// <summary>
/// Recognises JSONata expressions in fields: <c>{%</c> first and <c>%}</c> last, nothing around ("Transforming data
/// with JSONata").
/// </summary>
public static class ExpressionText
{
    /// <summary>Whether the whole string is one expression.</summary>
    public static bool IsExpression(string text) =>
        text.Length >= 4 && text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal);

    /// <summary>Whether the string only opens or only closes an expression.</summary>
    public static bool IsUnbalanced(string text) =>
        !IsExpression(text)
        && (text.StartsWith("{%", StringComparison.Ordinal) || text.EndsWith("%}", StringComparison.Ordinal));

    /// <summary>The text between the delimiters, trimmed.</summary>
    public static string Unwrap(string text) => text[2..^2].Trim();
}

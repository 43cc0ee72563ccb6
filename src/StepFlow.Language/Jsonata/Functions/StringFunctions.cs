using System.Text;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>Functions on strings that need no pattern. Positions and lengths count code points.</summary>
internal static class StringFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("string", "<x-b?:s>", 1, (e, a) => a[0] is null ? null : ToText(e, a[0]!, Truth.Of(e, a[1]))),
        new("substring", "<s-nn?:s>", 3, Substring),
        new("substringBefore", "<s-s:s>", 2, SubstringBefore),
        new("substringAfter", "<s-s:s>", 2, SubstringAfter),
        new("lowercase", "<s-:s>", 1, (e, a) => Text(a[0]) is { } text ? e.Text(text.ToLowerInvariant()) : null),
        new("uppercase", "<s-:s>", 1, (e, a) => Text(a[0]) is { } text ? e.Text(text.ToUpperInvariant()) : null),
        new("length", "<s-:n>", 1, (_, a) => Text(a[0]) is { } text ? Length(text) : null),
        new("trim", "<s-:s>", 1, (e, a) => Text(a[0]) is { } text ? e.Text(Trim(text)) : null),
        new("pad", "<s-ns?:s>", 3, Pad),
        new("join", "<a<s>s?:s>", 2, Join),
    ];

    public static string? Text(JsonValue? value) => (value as JsonString)?.Value;

    /// <summary>The number of code points.</summary>
    public static int Length(string text)
    {
        int length = text.Length;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]))
            {
                length--;
                i++;
            }
        }

        return length;
    }

    /// <summary>The code points from one index to another, both within the text.</summary>
    public static string Slice(string text, int start, int end)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text[Math.Min(start, text.Length)..Math.Clamp(end, Math.Min(start, text.Length), text.Length)];
        }

        int from = Offset(text, start);
        return text[from..Math.Max(from, Offset(text, end))];
    }

    private static JsonString ToText(Evaluator evaluator, JsonValue value, bool pretty) =>
        value as JsonString ?? evaluator.Text(JsonataStrings.Of(evaluator, value, pretty));

    private static int Offset(string text, int codePoints)
    {
        int at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        return at;
    }

    private static JsonString? Substring(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (Text(arguments[0]) is not { } text)
        {
            return null;
        }

        int length = Length(text);
        double start = arguments[1] is JsonNumber first ? first.ToDouble() : 0;
        start = length + start < 0 ? 0 : start;
        double end = length;
        if (arguments[2] is JsonNumber count)
        {
            if (count.ToDouble() <= 0 || arguments[1] is null)
            {
                return JsonString.Empty;
            }

            end = start >= 0 ? start + count.ToDouble() : length + start + count.ToDouble();
        }

        return evaluator.Text(Slice(text, Index(start, length), Index(end, length)));
    }

    /// <summary>An index as JavaScript's slice takes it: truncated, from the end where negative.</summary>
    private static int Index(double value, int length)
    {
        double index = Math.Truncate(value);
        return (int)Math.Clamp(index < 0 ? length + index : index, 0, length);
    }

    private static JsonString? SubstringBefore(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (Text(arguments[0]) is not { } text || Text(arguments[1]) is not { } token)
        {
            return arguments[0] as JsonString;
        }

        int at = text.IndexOf(token, StringComparison.Ordinal);
        return at < 0 ? (JsonString)arguments[0]! : evaluator.Text(text[..at]);
    }

    private static JsonString? SubstringAfter(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (Text(arguments[0]) is not { } text || Text(arguments[1]) is not { } token)
        {
            return arguments[0] as JsonString;
        }

        int at = text.IndexOf(token, StringComparison.Ordinal);
        return at < 0 ? (JsonString)arguments[0]! : evaluator.Text(text[(at + token.Length)..]);
    }

    private static string Trim(string text)
    {
        var result = new StringBuilder(text.Length);
        bool blank = false;
        foreach (char c in text)
        {
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                blank = true;
                continue;
            }

            if (blank && result.Length > 0)
            {
                result.Append(' ');
            }

            blank = false;
            result.Append(c);
        }

        return result.ToString();
    }

    private static JsonString? Pad(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (Text(arguments[0]) is not { } text)
        {
            return null;
        }

        double width = arguments[1] is JsonNumber number ? Math.Truncate(number.ToDouble()) : 0;
        double missing = Math.Abs(width) - Length(text);
        if (!(missing > 0))
        {
            return (JsonString)arguments[0]!;
        }

        string filler = Text(arguments[2]) is { Length: > 0 } given ? given : " ";
        evaluator.ChargeText((long)Math.Min(missing * filler.Length, long.MaxValue));
        var padding = new StringBuilder(filler.Length);
        int fillerLength = Length(filler);
        int count = (int)missing;
        for (; count >= fillerLength; count -= fillerLength)
        {
            padding.Append(filler);
        }

        padding.Append(Slice(filler, 0, count));
        return evaluator.Text(width > 0 ? text + padding : padding + text);
    }

    private static JsonString? Join(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments[0] is null)
        {
            return null;
        }

        ReadOnlySpan<JsonValue?> items = Items.Of(arguments[0]);
        string separator = Text(arguments[1]) ?? string.Empty;
        string[] texts = new string[items.Length];
        long length = (long)separator.Length * Math.Max(0, items.Length - 1);
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(items[i]) ?? string.Empty;
            length += texts[i].Length;
        }

        evaluator.ChargeText(length);
        return new(string.Join(separator, texts));
    }
}

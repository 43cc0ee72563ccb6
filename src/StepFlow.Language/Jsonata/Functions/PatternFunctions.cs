using StepFlow.Language.Jsonata.Patterns;

namespace StepFlow.Language.Jsonata.Functions;

/// <summary>$contains, $match, $replace, $split: functions that take a string or a matcher.</summary>
internal static class PatternFunctions
{
    public static readonly NativeFunction[] All =
    [
        new("contains", "<s-(sf):b>", 2, Contains, steps: 4),
        new("match", "<s-f<s:o>n?:a<o>>", 3, Match, steps: 8),
        new("replace", "<s-(sf)(sf)n?:s>", 4, Replace, steps: 8),
        new("split", "<s-(sf)n?:a<s>>", 3, Split, steps: 8),
    ];

    /// <summary>The memory of a short text without its characters.</summary>
    private const int PartBytes = 48;

    private static JsonValue? Contains(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text || arguments[1] is null)
        {
            return null;
        }

        if (arguments[1] is JsonString token)
        {
            evaluator.Charge(text.Length / 16);
            return text.Contains(token.Value, StringComparison.Ordinal);
        }

        return new MatchCursor(evaluator, (JsonataFunction)arguments[1]!, text).MoveNext();
    }

    private static Sequence? Match(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        double limit = Limit(arguments[2], "D3040", 3);
        var results = new Sequence(evaluator);
        if (limit > 0)
        {
            var cursor = new MatchCursor(evaluator, (JsonataFunction)arguments[1]!, text);
            while (results.Count < limit && cursor.MoveNext())
            {
                results.Add(JsonObject.Create(
                    ("match", cursor.Match),
                    ("index", JsonNumber.Create(cursor.Start)),
                    ("groups", cursor.Groups)));
            }
        }

        return results;
    }

    private static JsonValue? Replace(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        if (arguments[1] is JsonString { Value: "" })
        {
            throw new JsonataException("D3010") { Value = arguments[1], Index = 2 };
        }

        double limit = Limit(arguments[3], "D3011", 4);
        if (!(limit > 0) || arguments[1] is null)
        {
            return arguments[0];
        }

        return evaluator.Text(arguments[1] is JsonString token
            ? ReplaceText(evaluator, text, token.Value, StringFunctions.Text(arguments[2]) ?? string.Empty, limit)
            : ReplaceMatches(evaluator, text, (JsonataFunction)arguments[1]!, arguments[2], limit));
    }

    private static string ReplaceText(Evaluator evaluator, string text, string token, string replacement, double limit)
    {
        TextBuilder result = TextBuilder.For(evaluator);
        int position = 0;
        int index = text.IndexOf(token, StringComparison.Ordinal);
        for (int count = 0; index >= 0 && count < limit; count++)
        {
            evaluator.Charge(1);
            result.Append(text, position, index - position).Append(replacement);
            position = index + token.Length;
            index = text.IndexOf(token, position, StringComparison.Ordinal);
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private static string ReplaceMatches(Evaluator evaluator, string text, JsonataFunction matcher, JsonValue? replacement, double limit)
    {
        var cursor = new MatchCursor(evaluator, matcher, text);
        TextBuilder result = TextBuilder.For(evaluator);
        int position = 0;
        for (int count = 0; count < limit && cursor.MoveNext(); count++)
        {
            int start = Math.Clamp(cursor.Start, position, text.Length);
            result.Append(text, position, start - position);
            Substitute(evaluator, result, cursor, replacement);
            position = Math.Clamp(cursor.Start + cursor.MatchText.Length, start, text.Length);
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private static void Substitute(Evaluator evaluator, TextBuilder result, MatchCursor cursor, JsonValue? replacement)
    {
        if (replacement is JsonString template)
        {
            Expand(result, template.Value, cursor);
            return;
        }

        JsonValue? value = replacement is JsonataFunction function
            ? Sequence.End(evaluator.Apply(function, [cursor.ToObject()], JsonValue.Null), SequenceEnd.Unwrap)
            : null;
        result.Append(value is JsonString text ? text.Value : throw new JsonataException("D3012") { Value = value });
    }

    /// <summary>The replacement with $n put in: as many digits as there can be groups, no more.</summary>
    private static void Expand(TextBuilder result, string template, MatchCursor cursor)
    {
        ReadOnlySpan<JsonValue> groups = cursor.Groups.AsSpan();
        int position = 0;
        int dollar = template.IndexOf('$', StringComparison.Ordinal);
        while (dollar >= 0 && position < template.Length)
        {
            result.Charge(1);
            result.Append(template, position, dollar - position);
            position = dollar + 1;
            char c = position < template.Length ? template[position] : '\0';
            if (c == '$')
            {
                result.Append('$');
                position++;
            }
            else if (c == '0')
            {
                result.Append(cursor.MatchText);
                position++;
            }
            else
            {
                int digits = groups.Length == 0 ? 1 : (int)Math.Log10(groups.Length) + 1;
                int? index = Digits(template, position, digits);
                if (digits > 1 && index > groups.Length)
                {
                    index = Digits(template, position, digits - 1);
                }

                if (index is { } group)
                {
                    if (group >= 1 && group <= groups.Length && groups[group - 1] is JsonString captured)
                    {
                        result.Append(captured.Value);
                    }

                    position += group.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
                }
                else
                {
                    result.Append('$');
                }
            }

            dollar = template.IndexOf('$', Math.Min(position, template.Length));
        }

        result.Append(template, position, template.Length - position);
    }

    private static int? Digits(string template, int position, int most)
    {
        int end = position;
        while (end < template.Length && end - position < most && char.IsAsciiDigit(template[end]))
        {
            end++;
        }

        return end == position ? null : int.Parse(template.AsSpan(position, end - position), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static JsonArray? Split(Evaluator evaluator, ReadOnlySpan<JsonValue?> arguments)
    {
        if (StringFunctions.Text(arguments[0]) is not { } text)
        {
            return null;
        }

        double limit = Limit(arguments[2], "D3020", 3);
        var parts = new Sequence(evaluator) { IsSequence = false };
        if (!(limit > 0))
        {
            return JsonArray.Empty;
        }

        evaluator.Charge(text.Length / 16);
        if (arguments[1] is JsonataFunction matcher)
        {
            SplitByMatches(evaluator, text, matcher, limit, parts);
        }
        else
        {
            SplitByText(evaluator, text, StringFunctions.Text(arguments[1]), Math.Floor(limit), parts);
        }

        return Items.ToArray(evaluator, parts.AsSpan());
    }

    private static void SplitByText(Evaluator evaluator, string text, string? separator, double limit, Sequence parts)
    {
        if (separator is null)
        {
            parts.Add(new JsonString(text));
            return;
        }

        if (separator.Length == 0)
        {
            for (int i = 0; i < text.Length && i < limit; i++)
            {
                parts.Add(Part(evaluator, text[i].ToString()));
            }

            return;
        }

        int start = 0;
        while (parts.Count < limit)
        {
            int at = text.IndexOf(separator, start, StringComparison.Ordinal);
            parts.Add(Part(evaluator, at < 0 ? text[start..] : text[start..at]));
            if (at < 0)
            {
                return;
            }

            start = at + separator.Length;
        }
    }

    private static void SplitByMatches(Evaluator evaluator, string text, JsonataFunction matcher, double limit, Sequence parts)
    {
        var cursor = new MatchCursor(evaluator, matcher, text);
        int start = 0;
        while (parts.Count < limit && cursor.MoveNext())
        {
            int end = Math.Clamp(cursor.Start, start, text.Length);
            parts.Add(Part(evaluator, text[start..end]));
            start = Math.Clamp(cursor.End, end, text.Length);
        }

        if (parts.Count < limit)
        {
            parts.Add(new JsonString(text[start..]));
        }
    }

    private static JsonString Part(Evaluator evaluator, string text)
    {
        evaluator.Reserve(PartBytes);
        return evaluator.Text(text);
    }

    private static double Limit(JsonValue? value, string code, int index)
    {
        if (value is not JsonNumber number)
        {
            return double.PositiveInfinity;
        }

        double limit = number.ToDouble();
        return limit < 0 ? throw new JsonataException(code) { Value = value, Index = index } : limit;
    }
}

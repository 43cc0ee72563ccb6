using System.Globalization;
using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>Values as text: the result of $string and of the operator &amp;.</summary>
internal static class JsonataStrings
{
    private const int SignificantDigits = 15;

    /// <summary>How deep messages show values.</summary>
    private const int MessageDepth = 50;

    /// <summary>Up to here every integer is a double.</summary>
    private const double MaxExactInteger = 9007199254740992;

    /// <summary>The text of a value: strings as they are, functions as the empty text, all else as JSON.</summary>
    public static string Of(Evaluator evaluator, JsonValue? value, bool pretty = false) => value switch
    {
        null or JsonataFunction => string.Empty,
        JsonString text => text.Value,
        JsonNumber number => double.IsFinite(number.ToDouble()) ? OfNumber(number) : throw new JsonataException("D3001") { Value = number },
        Sequence { OuterWrapper: true } wrapper => Stringify(evaluator, wrapper[0]!, pretty),
        _ => Stringify(evaluator, value, pretty),
    };

    /// <summary>The JSON text of a value as a message shows it: with all digits, infinity as null, and cut where it is long.</summary>
    public static string Shown(JsonValue value)
    {
        TextBuilder text = TextBuilder.ForMessage();
        Append(text, value, indent: -1, depth: 0);
        return text.ToString();
    }

    /// <summary>The text of a number. Numbers that are not integers have at most 15 significant digits.</summary>
    public static string OfNumber(JsonNumber number)
    {
        double value = number.ToDouble();
        if (number.IsInteger || (Math.Floor(value) == value && Math.Abs(value) <= MaxExactInteger))
        {
            return (number.TryGetInt64(out long integer) ? integer : (long)value).ToString(CultureInfo.InvariantCulture);
        }

        string text = OfDouble(value);
        return Math.Floor(value) == value || Digits(text) <= SignificantDigits ? text : OfDouble(DecimalText.Precise(value, SignificantDigits));
    }

    /// <summary>The shortest text that reads back as the same double, as JavaScript writes it.</summary>
    public static string OfDouble(double value) =>
        double.IsFinite(value) ? JsonNumber.Create(value).Text : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static int Digits(string text)
    {
        int count = 0;
        foreach (char c in text)
        {
            if (c is 'e' or 'E')
            {
                break;
            }

            // Zeros before the first other digit do not count.
            count += char.IsAsciiDigit(c) && (count > 0 || c != '0') ? 1 : 0;
        }

        return count;
    }

    private static string Stringify(Evaluator evaluator, JsonValue value, bool pretty)
    {
        TextBuilder text = TextBuilder.For(evaluator);
        Append(text, value, pretty ? 0 : -1, depth: 0);
        return text.ToString();
    }

    private static void Append(TextBuilder text, JsonValue value, int indent, int depth)
    {
        text.Charge(1);
        switch (value)
        {
            case JsonString s:
                AppendQuoted(text, s.Value);
                break;
            case JsonNumber number:
                AppendNumber(text, number);
                break;
            case JsonBoolean boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case JsonNull:
                text.Append("null");
                break;
            case JsonObject or JsonArray or Sequence when text.IsMessage && depth >= MessageDepth:
                text.Append("\u2026");
                break;
            case JsonObject members:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                AppendObject(text, members, indent, depth + 1);
                break;
            case JsonArray or Sequence:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                AppendArray(text, Items.Of(value), indent, depth + 1);
                break;
            default:
                text.Append("\"\"");
                break;
        }
    }

    private static void AppendNumber(TextBuilder text, JsonNumber number)
    {
        double value = number.ToDouble();
        if (!double.IsFinite(value))
        {
            text.Append(text.IsMessage ? "null" : throw new JsonataException("D1001") { Value = number });
        }
        else if (text.IsMessage && !number.IsInteger)
        {
            text.Append(OfDouble(value));
        }
        else
        {
            text.Append(OfNumber(number));
        }
    }

    private static void AppendArray(TextBuilder text, ReadOnlySpan<JsonValue?> items, int indent, int depth)
    {
        text.Append('[');
        for (int i = 0; i < items.Length && !text.IsFull; i++)
        {
            Separate(text, i, indent);
            Append(text, items[i] ?? JsonValue.Null, indent < 0 ? -1 : indent + 1, depth);
        }

        Close(text, items.Length, indent, ']');
    }

    private static void AppendObject(TextBuilder text, JsonObject members, int indent, int depth)
    {
        text.Append('{');
        int count = 0;
        foreach (KeyValuePair<string, JsonValue> member in members.AsSpan())
        {
            if (text.IsFull)
            {
                break;
            }

            Separate(text, count++, indent);
            AppendQuoted(text, member.Key);
            text.Append(indent < 0 ? ":" : ": ");
            Append(text, member.Value, indent < 0 ? -1 : indent + 1, depth);
        }

        Close(text, count, indent, '}');
    }

    private static void Separate(TextBuilder text, int index, int indent)
    {
        if (index > 0)
        {
            text.Append(',');
        }

        if (indent >= 0)
        {
            text.Append('\n').Append(' ', (indent + 1) * 2);
        }
    }

    private static void Close(TextBuilder text, int count, int indent, char bracket)
    {
        if (indent >= 0 && count > 0)
        {
            text.Append('\n').Append(' ', indent * 2);
        }

        text.Append(bracket);
    }

    private static void AppendQuoted(TextBuilder text, string value)
    {
        text.Append('"');
        int start = 0;
        for (int i = 0; i < value.Length && !text.IsFull; i++)
        {
            char c = value[i];
            string? escape = c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => null,
            };
            if (escape is not null)
            {
                text.Append(value, start, i - start).Append(escape);
                start = i + 1;
            }
        }

        text.Append(value, start, value.Length - start).Append('"');
    }
}

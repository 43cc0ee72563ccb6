using System.Globalization;
using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Definitions;

/// <summary>
/// Writes JSON as the client that recorded the cases did (<c>json.dumps</c> of Python): some answers quote the
/// definition's text.
/// </summary>
public static class PythonJson
{
    public static string Write(JsonValue value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(JsonValue value, StringBuilder text)
    {
        switch (value)
        {
            case JsonObject members:
                text.Append('{');
                string separator = string.Empty;
                foreach (KeyValuePair<string, JsonValue> member in members)
                {
                    text.Append(separator);
                    Quote(member.Key, text);
                    text.Append(": ");
                    Write(member.Value, text);
                    separator = ", ";
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (int i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? string.Empty : ", ");
                    Write(items[i], text);
                }

                text.Append(']');
                break;
            case JsonString literal:
                Quote(literal.Value, text);
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void Quote(string literal, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in literal)
        {
            text = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '~' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}

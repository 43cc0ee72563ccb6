using System.Globalization;
using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Writes JSON as the recorded tests' client did: a space after colons and commas, ASCII only.</summary>
internal static class PythonJson
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
                string separator = "{";
                foreach (KeyValuePair<string, JsonValue> member in members)
                {
                    text.Append(separator);
                    Quote(member.Key, text);
                    text.Append(": ");
                    Write(member.Value, text);
                    separator = ", ";
                }

                text.Append(members.Count == 0 ? "{}" : "}");
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
            case JsonString content:
                Quote(content.Value, text);
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void Quote(string content, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in content)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or >= '\u007f' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}

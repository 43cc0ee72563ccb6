using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Values as Python prints them (<c>str()</c>).</summary>
internal static class PythonText
{
    public static string Of(JsonValue value) => value is JsonString text ? text.Value : Nested(value);

    private static string Nested(JsonValue value) => value switch
    {
        JsonNull => "None",
        JsonBoolean boolean => boolean == JsonValue.True ? "True" : "False",
        JsonString text => Quote(text.Value),
        JsonArray items => $"[{string.Join(", ", items.Select(Nested))}]",
        JsonObject members => $"{{{string.Join(", ", members.Select(member => $"{Quote(member.Key)}: {Nested(member.Value)}"))}}}",
        _ => value.ToString(),
    };

    private static string Quote(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append(@"\n"),
                '\r' => quoted.Append(@"\r"),
                '\t' => quoted.Append(@"\t"),
                _ when c == quote => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }
}

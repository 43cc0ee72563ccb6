using System.Text;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>
/// Brings the JSON that stands inside texts into one form: members by name, no white space. The recordings parse only the
/// texts that are members of the response; what is quoted inside them has the order of some hash table, or the client's spaces.
/// </summary>
internal static class EmbeddedJson
{
    /// <summary>The text with every object and array in it in that form.</summary>
    public static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] is '{' or '[' && End(text, at) is { } end && JsonValue.ParseOrNull(text[at..end]) is { } value)
            {
                result.Append(Sorted(value));
                at = end;
            }
            else
            {
                result.Append(text[at++]);
            }
        }

        return result.ToString();
    }

    /// <summary>Where the brackets that open at a place are closed; null where they are not.</summary>
    private static int? End(string text, int start)
    {
        int depth = 0;
        bool quoted = false;
        for (int at = start; at < text.Length; at++)
        {
            char c = text[at];
            if (quoted)
            {
                at += c == '\\' ? 1 : 0;
                quoted = c != '"';
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else
            {
                depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
                if (depth == 0)
                {
                    return at + 1;
                }
            }
        }

        return null;
    }

    private static JsonValue Sorted(JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                var builder = new JsonObjectBuilder(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    builder.Set(member.Key, Sorted(member.Value));
                }

                return builder.Build();
            case JsonArray items:
                return JsonArray.From(items.Select(Sorted));
            case JsonString text:
                return new JsonString(Normalise(text.Value));
            default:
                return value;
        }
    }
}

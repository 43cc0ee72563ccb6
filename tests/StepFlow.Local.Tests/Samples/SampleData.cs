using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Local.Tests.Samples;

/// <summary>
/// Generated data for a definition that has none: one document that has every member that the definition reads, with
/// values that its comparisons ask for. It is the input and the response of each service.
/// </summary>
internal static partial class SampleData
{
    private const int Depth = 8;

    /// <summary>The document.</summary>
    public static JsonObject Of(JsonValue definition)
    {
        var root = new Node();
        Visit(definition, null, root);
        return (JsonObject)root.ToJson(isRoot: true);
    }

    private static void Visit(JsonValue value, string? field, Node root)
    {
        switch (value)
        {
            case JsonObject members:
                Compare(members, root);
                foreach ((string name, JsonValue member) in members)
                {
                    Visit(member, name, root);
                }

                break;
            case JsonArray items:
                foreach (JsonValue item in items)
                {
                    Visit(item, field, root);
                }

                break;
            case JsonString { Value: var text } when field is not ("ResultPath" or "Comment" or "Resource"):
                bool isList = field == "ItemsPath" || (field is "Items" && text.StartsWith("{%", StringComparison.Ordinal));
                foreach (Match path in Paths().Matches(text))
                {
                    Node found = root.Find(path.Groups["path"].Value);
                    found.IsList |= isList || text.Contains("States.Array", StringComparison.Ordinal);
                    found.IsText |= text.Contains("StringToJson", StringComparison.Ordinal) || text.Contains("$parse", StringComparison.Ordinal);
                    found.IsNumber |= field is "SecondsPath" or "TimeoutSecondsPath" || text.Contains("MathAdd", StringComparison.Ordinal);
                    found.IsTime |= field == "TimestampPath";
                }

                break;
        }
    }

    // A rule of a Choice that reads a member decides what the member is: one that means an end before the others, else the first.
    private static void Compare(JsonObject rule, Node root)
    {
        if (rule["Variable"] is JsonString variable)
        {
            JsonValue? wanted = rule.Where(static pair => pair.Key.EndsWith("Equals", StringComparison.Ordinal) || pair.Key is "StringMatches").Select(static pair => pair.Value).FirstOrDefault();
            JsonValue? bound = rule.Where(static pair => pair.Key.StartsWith("Numeric", StringComparison.Ordinal)).Select(static pair => pair.Value).FirstOrDefault();
            root.Find(variable.Value.TrimStart('$', '.')).Want(wanted ?? bound);
        }

        if (rule["Condition"] is JsonString condition)
        {
            foreach (Match equality in Equalities().Matches(condition.Value))
            {
                root.Find(equality.Groups["path"].Value).Want(equality.Groups["text"].Value);
            }
        }
    }

    // $.a.b[0], $states.input.a, $states.result.a.b; what a variable holds came from one of them.
    [GeneratedRegex(@"(?<!\$)\$(?:states\.(?:input|result)|[a-zA-Z_]\w*)?\.(?<path>[A-Za-z_][\w-]*(?:\[\d*\*?\])?(?:\.[A-Za-z_][\w-]*(?:\[\d*\*?\])?)*)")]
    private static partial Regex Paths();

    [GeneratedRegex(@"\$(?:states\.(?:input|result)|[a-zA-Z_]\w*)\.(?<path>[\w.]+)\s*=\s*[""'](?<text>[^""']*)[""']")]
    private static partial Regex Equalities();

    private sealed class Node
    {
        private readonly SortedDictionary<string, Node> _members = new(StringComparer.Ordinal);

        private JsonValue? Value { get; set; }

        public bool IsList { get; set; }

        public bool IsText { get; set; }

        public bool IsNumber { get; set; }

        public bool IsTime { get; set; }

        public void Want(JsonValue? value)
        {
            if (Value is null || (IsEnd(value) && !IsEnd(Value)))
            {
                Value = value;
            }
        }

        public Node Find(string path)
        {
            Node node = this;
            foreach (string part in path.Split('.', Depth))
            {
                int bracket = part.IndexOf('[', StringComparison.Ordinal);
                string name = bracket < 0 ? part : part[..bracket];
                if (name.Length == 0)
                {
                    continue;
                }

                if (!node._members.TryGetValue(name, out Node? next))
                {
                    node._members.Add(name, next = new());
                }

                next.IsList |= bracket >= 0;
                node = next;
            }

            return node;
        }

        public JsonValue ToJson(bool isRoot) => ToJson(isRoot, this);

        private JsonValue ToJson(bool isRoot, Node? root)
        {
            JsonValue value = _members.Count > 0 || isRoot ? JsonObject.Create([.. _members.Select(member => (member.Key, member.Value.ToJson(isRoot: false, root)))])
                : Value ?? (IsNumber ? 1 : IsTime ? (JsonValue)"2026-01-01T00:00:00Z" : IsText ? "{}" : "1");

            // What reads an item of a list reads the same members as what reads the input.
            return !IsList ? value
                : IsText ? "[]"
                : JsonArray.Create(_members.Count > 0 || root is null ? value : root.ToJson(isRoot: true, null));
        }

        private static bool IsEnd(JsonValue? value) => value is JsonString text && Ends().IsMatch(text.Value);
    }

    [GeneratedRegex("SUCC|COMPLET|DONE|READY|AVAILABLE|ACTIVE|FINISH|APPROVE", RegexOptions.IgnoreCase)]
    private static partial Regex Ends();
}

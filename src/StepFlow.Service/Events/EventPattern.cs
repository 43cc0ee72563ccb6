using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace StepFlow.Service.Events;

/// <summary>
/// An event pattern of EventBridge: which events a rule is for. Every member must match; the values of a list are
/// alternatives (EventBridge user guide, "Creating Amazon EventBridge event patterns" and "Comparison operators").
/// </summary>
public sealed class EventPattern
{
    private const string Or = "$or";

    private static readonly string[] Operators = ["prefix", "suffix", "equals-ignore-case", "wildcard", "cidr", "anything-but", "numeric", "exists"];

    private readonly JsonObject _pattern;

    private EventPattern(JsonObject pattern) => _pattern = pattern;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">A JSON object.</param>
    /// <exception cref="FormatException">The text is not a valid pattern. The message is the end of a sentence that begins with the setting.</exception>
    public static EventPattern Parse(string text)
    {
        if (JsonValue.ParseOrNull(text) is not JsonObject { Count: > 0 } pattern)
        {
            throw new FormatException("must be a JSON object with at least one member, such as {\"source\":[\"shop\"]}");
        }

        Check(pattern, string.Empty);
        return new(pattern);
    }

    /// <summary>Whether an event matches.</summary>
    public bool Matches(JsonObject occurrence) => Matches(_pattern, occurrence);

    private static bool Matches(JsonObject pattern, JsonObject? value) => pattern.All(member =>
        member.Key == Or && member.Value is JsonArray choices ? choices.Any(choice => Matches((JsonObject)choice, value))
        : member.Value is JsonObject inner ? Matches(inner, value?[member.Key] as JsonObject)
        : MatchesAny((JsonArray)member.Value, value?[member.Key]));

    // A list in an event matches where one of its elements does.
    private static bool MatchesAny(JsonArray alternatives, JsonValue? value) => alternatives.Any(alternative =>
        value is JsonArray list && !IsExists(alternative) ? list.Any(element => MatchesOne(alternative, element)) : MatchesOne(alternative, value));

    private static bool IsExists(JsonValue alternative) => alternative is JsonObject { } one && one.ContainsKey("exists");

    private static bool MatchesOne(JsonValue alternative, JsonValue? value)
    {
        if (alternative is not JsonObject { } test)
        {
            return value is not null && value.Equals(alternative);
        }

        (string name, JsonValue operand) = test.First();
        return name switch
        {
            "exists" => (value is not null and not JsonObject) == operand.Equals(JsonValue.True),
            "anything-but" => value is not null && !(operand is JsonArray many ? many.Any(one => MatchesOne(one, value)) : MatchesOne(operand, value)),
            "numeric" => value is JsonNumber number && IsInRange((JsonArray)operand, number.ToDouble()),
            _ => value is JsonString text && (operand is JsonArray texts ? texts.Any(one => MatchesText(name, ((JsonString)one).Value, text.Value)) : MatchesText(name, operand, text.Value)),
        };
    }

    private static bool MatchesText(string name, JsonValue operand, string value) =>
        operand is JsonObject { } folded
            ? MatchesText(name, folded.RequiredText("equals-ignore-case").ToLowerInvariant(), value.ToLowerInvariant())
            : MatchesText(name, ((JsonString)operand).Value, value);

    private static bool MatchesText(string name, string operand, string value) => name switch
    {
        "prefix" => value.StartsWith(operand, StringComparison.Ordinal),
        "suffix" => value.EndsWith(operand, StringComparison.Ordinal),
        "equals-ignore-case" => value.Equals(operand, StringComparison.OrdinalIgnoreCase),
        "cidr" => IPAddress.TryParse(value, out IPAddress? address) && IPNetwork.Parse(operand).Contains(address),
        _ => Wildcard(operand).IsMatch(value),
    };

    // An asterisk stands for any text. A backslash makes the next character literal.
    private static Regex Wildcard(string operand)
    {
        var expression = new StringBuilder("^");
        for (int index = 0; index < operand.Length; index++)
        {
            bool isEscaped = operand[index] == '\\' && index + 1 < operand.Length;
            index += isEscaped ? 1 : 0;
            expression.Append(!isEscaped && operand[index] == '*' ? ".*" : Regex.Escape(operand[index].ToString()));
        }

        return new(expression.Append("\\z").ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static bool IsInRange(JsonArray comparisons, double value)
    {
        for (int index = 0; index < comparisons.Count; index += 2)
        {
            double bound = ((JsonNumber)comparisons[index + 1]).ToDouble();
            bool holds = ((JsonString)comparisons[index]).Value switch
            {
                "<" => value < bound,
                "<=" => value <= bound,
                ">" => value > bound,
                ">=" => value >= bound,
                _ => value == bound,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private static void Check(JsonObject pattern, string path)
    {
        foreach ((string name, JsonValue value) in pattern)
        {
            string memberPath = path.Length == 0 ? name : path + "." + name;
            if (name == Or)
            {
                foreach (JsonValue choice in value is JsonArray { Count: > 0 } choices ? choices : throw Wrong(memberPath, "must be a list of patterns"))
                {
                    Check(choice as JsonObject ?? throw Wrong(memberPath, "must be a list of patterns"), path);
                }
            }
            else if (value is JsonObject inner)
            {
                Check(inner, memberPath);
            }
            else
            {
                foreach (JsonValue alternative in value is JsonArray { Count: > 0 } list ? list : throw Wrong(memberPath, "must be a list of values or an object"))
                {
                    CheckAlternative(alternative, memberPath);
                }
            }
        }
    }

    private static void CheckAlternative(JsonValue alternative, string path)
    {
        if (alternative is JsonArray)
        {
            throw Wrong(path, "has a list within a list");
        }

        if (alternative is not JsonObject test)
        {
            return;
        }

        if (test.Count != 1 || !Operators.Contains(test.First().Key))
        {
            throw Wrong(path, "has a comparison that is not one of " + string.Join(", ", Operators));
        }

        (string name, JsonValue operand) = test.First();
        bool valid = name switch
        {
            "exists" => operand is JsonBoolean,
            "numeric" => operand is JsonArray { Count: 2 or 4 } bounds && Enumerable.Range(0, bounds.Count).All(index =>
                index % 2 == 0 ? bounds[index] is JsonString { Value: "<" or "<=" or ">" or ">=" or "=" } : bounds[index] is JsonNumber),
            "anything-but" => operand switch
            {
                JsonArray { Count: > 0 } many => many.All(static one => one is JsonString or JsonNumber),
                JsonObject { Count: 1 } inner => inner.First() is { Key: "prefix" or "suffix" or "equals-ignore-case" or "wildcard" } one && IsText(one.Value, one.Key),
                _ => operand is JsonString or JsonNumber,
            },
            "cidr" => operand is JsonString { Value: var network } && IPNetwork.TryParse(network, out _),
            _ => IsText(operand, name) && operand is not JsonArray,
        };
        if (!valid)
        {
            throw Wrong(path, $"has '{name}' with a value that it cannot have");
        }
    }

    private static bool IsText(JsonValue operand, string name) => operand switch
    {
        JsonString => true,
        JsonArray { Count: > 0 } many => many.All(static one => one is JsonString),
        JsonObject { Count: 1 } folded => name is "prefix" or "suffix" && folded["equals-ignore-case"] is JsonString,
        _ => false,
    };

    private static FormatException Wrong(string path, string problem) => new($"{problem} at {path}");
}

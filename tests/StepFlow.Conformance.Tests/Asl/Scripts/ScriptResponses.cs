using System.Text.RegularExpressions;
using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl.Scripts;

/// <summary>What the steps of a script returned, for later steps that refer to it.</summary>
internal sealed partial class ScriptResponses
{
    private readonly Dictionary<long, (string Operation, ApiResult Result)> _responses = [];

    /// <summary>The page token of the latest response that had one; null for none.</summary>
    public JsonValue? LastToken { get; private set; }

    /// <summary>Records a response.</summary>
    public void Set(long step, string operation, ApiResult result)
    {
        lock (_responses)
        {
            _responses[step] = (operation, result);
            LastToken = result.Response?["nextToken"] ?? LastToken;
        }
    }

    /// <summary>The response of a step; null where it has none.</summary>
    public JsonObject? Response(JsonValue of) => of is JsonNumber ? Find((long)((JsonNumber)of).ToDouble()).Result.Response : null;

    /// <summary>Whether a match is about a step.</summary>
    public static bool Refers(JsonValue of, long step) => of switch
    {
        JsonNumber number => (long)number.ToDouble() == step,
        JsonArray { Count: > 0 } path => Refers(path[0], step),
        _ => false,
    };

    /// <summary>What a match compares.</summary>
    public JsonValue Snapshot(JsonValue of, JsonValue expected)
    {
        switch (of)
        {
            case JsonNumber number:
                return CaseRun.Recorded(Find((long)number.ToDouble()).Result);
            case JsonArray { Count: 2 } path when path[0] is JsonNumber step && path[1] is JsonString { Value: var member }:
                (string operation, ApiResult result) = Find((long)step.ToDouble());
                return member == "message"
                    ? ClientException.Message(operation, result.Error!.Code, result.Error.Message)
                    : Recording.Of(Walk(result.Response!, member));
            default:
                // [[n, typename], [n, message]]: the exception's two parts.
                (string named, ApiResult failed) = Find((long)((JsonNumber)((JsonArray)((JsonArray)of)[0])[0]).ToDouble());
                return ClientException.Of(named, failed);
        }
    }

    /// <summary>Arguments with <c>{{n.path}}</c> replaced by what step n returned.</summary>
    public JsonValue Fill(JsonValue value) => value switch
    {
        JsonString { Value: var text } => Template().Replace(text, match => Text(Resolve(match.Groups[1].Value, match.Groups[2].Value))),
        JsonObject members => members
            .Where(member => !member.Value.IsNull)
            .Aggregate(new JsonObjectBuilder(), (builder, member) => builder.Set(member.Key, Fill(member.Value))).Build(),
        JsonArray items => JsonArray.From(items.Select(Fill)),
        _ => value,
    };

    private static string Text(JsonValue value) => value is JsonString text ? text.Value : value.ToString();

    private (string Operation, ApiResult Result) Find(long step)
    {
        lock (_responses)
        {
            return _responses[step];
        }
    }

    private JsonValue Resolve(string step, string path) =>
        Walk(Find(long.Parse(step, System.Globalization.CultureInfo.InvariantCulture)).Result.Response!, path);

    /// <summary>The part of a response at a path such as <c>Messages[0].Body</c>.</summary>
    public static JsonValue Walk(JsonValue value, string path)
    {
        foreach (Match part in Part().Matches(path))
        {
            // A text that is JSON is looked into.
            value = value is JsonString { Value: var text } ? JsonValue.ParseOrNull(text) ?? value : value;
            value = part.Groups[2].Success && value is JsonArray items
                ? items[int.Parse(part.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) is var at && at < 0 ? items.Count + at : at]
                : (value as JsonObject)?[part.Groups[1].Value] ?? throw new InvalidOperationException($"Nothing at {path}.");
        }

        return value;
    }

    [GeneratedRegex(@"\{\{(\d+)\.([^}]+)\}\}")]
    private static partial Regex Template();

    [GeneratedRegex(@"([A-Za-z_]\w*)|\[(-?\d+)\]")]
    private static partial Regex Part();
}

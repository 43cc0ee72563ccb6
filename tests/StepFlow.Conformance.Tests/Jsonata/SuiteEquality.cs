using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Jsonata;

/// <summary>Equality as the suite's own harness sees it: numbers as doubles, members in any order.</summary>
internal static class SuiteEquality
{
    public static bool Equal(JsonValue? expected, JsonValue? actual) => (expected, actual) switch
    {
        (JsonNumber a, JsonNumber b) => a.ToDouble() == b.ToDouble(),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Equal(pair.First, pair.Second)),
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(member => Equal(member.Value, b[member.Key])),
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => expected.Equals(actual),
    };

    /// <summary>Whether two arrays hold the same items in any order.</summary>
    public static bool SameItems(JsonValue? expected, JsonValue? actual)
    {
        if (expected is not JsonArray wanted || actual is not JsonArray given || wanted.Count != given.Count)
        {
            return false;
        }

        var rest = given.ToList();
        foreach (JsonValue item in wanted)
        {
            int at = rest.FindIndex(other => Equal(item, other));
            if (at < 0)
            {
                return false;
            }

            rest.RemoveAt(at);
        }

        return true;
    }
}

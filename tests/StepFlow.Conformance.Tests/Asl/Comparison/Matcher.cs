using System.Text.RegularExpressions;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Comparison;

/// <summary>Compares a response with a recording in which values were replaced by placeholders.</summary>
internal sealed partial class Matcher(Placeholders placeholders, ServiceChanges changes)
{
    /// <summary>Keys whose values the recordings replace by the key's name.</summary>
    private static readonly HashSet<string> NamedByKey = new(StringComparer.Ordinal)
    {
        "RequestId", "X-Amzn-Trace-Id", "x-amz-crc32", "x-amzn-RequestId", "x-amzn-requestid",
    };

    private readonly Bindings _bindings = new();

    /// <summary>Where they first differ; null where they do not. Both in the form of <see cref="Recording"/>.</summary>
    public Difference? Compare(JsonValue expected, JsonValue? actual, string path)
    {
        if (actual is null)
        {
            return new(path, expected.ToString(), null);
        }

        string key = path[(path.LastIndexOf('/') + 1)..];
        return Compare(expected, actual, path, key);
    }

    /// <summary>Tries a comparison; takes back what it bound where it fails.</summary>
    public bool Matches(JsonValue expected, JsonValue actual) => Attempt(() => Compare(expected, actual, string.Empty) is null);

    /// <summary>Tries something; takes back what it bound where it fails.</summary>
    public bool Attempt(Func<bool> attempt)
    {
        int mark = _bindings.Mark;
        if (attempt())
        {
            return true;
        }

        _bindings.TakeBack(mark);
        return false;
    }

    private Difference? Compare(JsonValue expected, JsonValue actual, string path, string key)
    {
        if (expected is JsonString recorded && StandsForAnything(recorded.Value, path, key))
        {
            return null;
        }

        if (expected is JsonString whole && placeholders.Pattern(whole.Value).Whole is { } variable)
        {
            return !variable.Contains(':', StringComparison.Ordinal) || _bindings.Bind(variable, actual)
                ? null
                : new(path, $"the same {variable} as before", actual.ToString());
        }

        return (expected, actual) switch
        {
            (JsonObject left, JsonObject right) => CompareObjects(left, right, path),
            (JsonArray left, JsonArray right) => CompareArrays(left, right, path),
            (JsonString left, JsonString right) => CompareTexts(left.Value, right.Value, path),
            _ => expected.Equals(actual) ? null : new(path, expected.ToString(), actual.ToString()),
        };
    }

    private bool StandsForAnything(string recorded, string path, string key) => recorded switch
    {
        "timestamp" => key.Contains("timestamp", StringComparison.OrdinalIgnoreCase),
        "datetime" => true,
        _ when key == recorded && NamedByKey.Contains(key) => true,
        // Step Functions does not determine the length of a service's response on the wire, nor its time.
        _ when key is "Date" or "Content-Length" && path.Contains("SdkHttpMetadata", StringComparison.Ordinal) => true,
        _ => placeholders.IsAnything(recorded) || (OwnPath().IsMatch(recorded) && recorded.EndsWith("." + key, StringComparison.Ordinal)),
    };

    private Difference? CompareObjects(JsonObject expected, JsonObject actual, string path)
    {
        var left = new List<KeyValuePair<string, JsonValue>>(actual);
        foreach (KeyValuePair<string, JsonValue> member in expected)
        {
            int at = left.FindIndex(candidate => candidate.Key == member.Key);
            at = at >= 0 ? at : left.FindIndex(candidate => !expected.ContainsKey(candidate.Key) && placeholders.Pattern(member.Key).Matches(candidate.Key, _bindings));
            if (at < 0 && IsChecksum(member.Key))
            {
                continue;
            }

            if (at < 0)
            {
                return new($"{path}/{member.Key}", member.Value.ToString(), null);
            }

            if (Compare(member.Value, left[at].Value, $"{path}/{member.Key}", member.Key) is { } difference)
            {
                return difference;
            }

            left.RemoveAt(at);
        }

        left.RemoveAll(member => changes.IsNewer(member.Key) || IsChecksum(member.Key));
        return left.Count == 0 ? null : new($"{path}/{left[0].Key}", null, left[0].Value.ToString());
    }

    private Difference? CompareArrays(JsonArray expected, JsonArray actual, string path)
    {
        for (int i = 0; i < expected.Count; i++)
        {
            if (i >= actual.Count)
            {
                return new($"{path}/{i}", expected[i].ToString(), null);
            }

            // The placeholder of a header's list is the list's key: an item has its list's name.
            if (Compare(expected[i], actual[i], $"{path}/{i}", path[(path.LastIndexOf('/') + 1)..]) is { } difference)
            {
                return difference;
            }
        }

        return expected.Count == actual.Count ? null : new($"{path}/{expected.Count}", null, actual[expected.Count].ToString());
    }

    /// <summary>
    /// Texts that are JSON are compared as values, and JSON inside texts without its order and white space: the recordings
    /// keep the white space that the client sent, and the order of members that some hash table had.
    /// </summary>
    private Difference? CompareTexts(string expected, string actual, string path)
    {
        int mark = _bindings.Mark;
        if (placeholders.Pattern(expected).Matches(actual, _bindings))
        {
            return null;
        }

        _bindings.TakeBack(mark);
        if (expected is ['[' or '{', ..] && actual is ['[' or '{', ..]
            && JsonValue.ParseOrNull(expected) is { } left && JsonValue.ParseOrNull(actual) is { } right)
        {
            return Compare(left, right, path, string.Empty);
        }

        if (placeholders.Pattern(EmbeddedJson.Normalise(expected)).Matches(EmbeddedJson.Normalise(actual), _bindings))
        {
            return null;
        }

        _bindings.TakeBack(mark);
        return new(path, expected, actual);
    }

    /// <summary>What S3 adds of its own to what is stored: which checksums depends on the age of the client that stored it.</summary>
    private static bool IsChecksum(string key) => key.StartsWith("Checksum", StringComparison.Ordinal);

    [GeneratedRegex(@"^[A-Za-z]\w*(?:\.\w+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnPath();
}

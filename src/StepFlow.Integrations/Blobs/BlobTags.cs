namespace StepFlow.Integrations.Blobs;

/// <summary>
/// Reads and writes tags: S3's lists of <c>{"Key": …, "Value": …}</c>, or an object (S3 API, PutObjectTagging; Azure Storage,
/// "Manage and find Azure Blob data with blob index tags").
/// </summary>
internal static class BlobTags
{
    /// <summary>The argument of Azure's names.</summary>
    public const string Plain = "Tags";

    /// <summary>Both services have this limit.</summary>
    private const int Max = 10;

    private const int LongestName = 128;
    private const int LongestValue = 256;

    /// <summary>The tags that a blob is written with: S3 has them as the query of a URL.</summary>
    public static IReadOnlyDictionary<string, string> ReadOfPut(ArgumentReader arguments, bool isS3) => isS3
        ? Checked(arguments, (arguments.Text("Tagging") ?? string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('=', 2)).Select(static pair => (Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : string.Empty)))
        : Checked(arguments, Members(arguments.Object(Plain)));

    /// <summary>The tags that are to be put.</summary>
    public static IReadOnlyDictionary<string, string> Read(ArgumentReader arguments, bool isS3)
    {
        if (!isS3)
        {
            return Checked(arguments, Members(arguments.RequiredObject(Plain)));
        }

        JsonArray? list = arguments.RequiredObject("Tagging")["TagSet"] as JsonArray;
        if (list is null || list.Any(static tag => tag is not JsonObject { } members || members["Key"] is not JsonString || members["Value"] is not JsonString))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("Tagging", "an object {\"TagSet\": [{\"Key\": …, \"Value\": …}]}"));
            return new Dictionary<string, string>();
        }

        return Checked(arguments, list.Cast<JsonObject>().Select(static tag => (tag.RequiredText("Key"), tag.RequiredText("Value"))));
    }

    /// <summary>The tags of a blob as a result.</summary>
    public static JsonObject Write(IReadOnlyDictionary<string, string> tags, bool isS3)
    {
        IEnumerable<KeyValuePair<string, string>> ordered = tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal);
        return isS3
            ? JsonObject.Create(("TagSet", JsonArray.From(ordered.Select(static tag => (JsonValue)JsonObject.Create(("Key", tag.Key), ("Value", tag.Value))))))
            : JsonObject.Create((Plain, JsonObject.Create([.. ordered.Select(static tag => (tag.Key, (JsonValue)tag.Value))])));
    }

    private static IEnumerable<(string, string)> Members(JsonObject? tags) =>
        (tags ?? JsonObject.Empty).Select(static tag => (tag.Key, tag.Value is JsonString text ? text.Value : tag.Value.ToString()));

    private static Dictionary<string, string> Checked(ArgumentReader arguments, IEnumerable<(string Name, string Value)> tags)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in tags)
        {
            if (name.Length is 0 or > LongestName || value.Length > LongestValue || !(name + value).All(IsAllowed))
            {
                arguments.Refuse($"The tag '{name}' must have a name of 1 to {LongestName} and a value of at most {LongestValue} characters: ASCII letters and digits, spaces and + - . / : = _");
            }
            else if (!found.TryAdd(name, value))
            {
                arguments.Refuse($"The tag '{name}' is used twice.");
            }
        }

        if (found.Count > Max)
        {
            arguments.Refuse($"A blob can have at most {Max} tags, but there are {found.Count}.");
        }

        return found;
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || " +-./:=_".Contains(c, StringComparison.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

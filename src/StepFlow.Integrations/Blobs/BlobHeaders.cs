using System.Net.Http.Headers;

namespace StepFlow.Integrations.Blobs;

/// <summary>
/// Checks what of a blob travels in HTTP headers: its media type and its metadata (Azure Storage, "Setting and retrieving
/// properties and metadata for Blob Storage").
/// </summary>
internal static class BlobHeaders
{
    /// <summary>Bytes that all names and values of a blob's metadata may have.</summary>
    private const int MaxMetadataBytes = 8 * 1024;

    public static string? ReadContentType(ArgumentReader arguments)
    {
        string? type = arguments.Text("ContentType");
        if (type is not null && (!IsPlain(type) || !MediaTypeHeaderValue.TryParse(type, out _)))
        {
            arguments.Refuse(TaskErrors.InvalidArgument("ContentType", "a media type such as 'text/plain; charset=utf-8'"));
        }

        return type;
    }

    public static IReadOnlyDictionary<string, string> ReadMetadata(ArgumentReader arguments)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        int bytes = 0;
        foreach ((string name, JsonValue value) in arguments.Object("Metadata") ?? JsonObject.Empty)
        {
            string text = value is JsonString plain ? plain.Value : value.ToString();
            bytes += name.Length + text.Length;
            if (!IsName(name))
            {
                arguments.Refuse($"The metadata name '{name}' must begin with a letter or '_' and contain only ASCII letters, digits and '_'.");
            }
            else if (!IsPlain(text))
            {
                arguments.Refuse($"The metadata value of '{name}' must contain only printable ASCII characters. Encode others, for example as Base64.");
            }
            else if (!metadata.TryAdd(name, text))
            {
                arguments.Refuse($"The metadata name '{name}' is used twice. Upper and lower case make no difference.");
            }
        }

        if (bytes > MaxMetadataBytes)
        {
            arguments.Refuse($"The metadata has {bytes} bytes, but a blob can have at most {MaxMetadataBytes}.");
        }

        return metadata;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsPlain(string text) => text.All(static c => c is >= ' ' and <= '~');
}

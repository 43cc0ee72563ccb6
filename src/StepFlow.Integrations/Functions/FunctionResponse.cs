using System.Text;

namespace StepFlow.Integrations.Functions;

internal static class FunctionResponse
{
    /// <summary>The text for an empty response in messages.</summary>
    public const string Nothing = "(nothing)";

    private const int ExcerptLength = 1000;

    /// <summary>The response as JSON. An empty one is the literal null. Null if it is not JSON.</summary>
    public static JsonValue? Parse(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> text = body.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return JsonValue.Null;
        }

        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    public static JsonString Text(ReadOnlySpan<byte> body) => new(Encoding.UTF8.GetString(body));

    /// <summary>The beginning of the response, for a message.</summary>
    public static string Excerpt(ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ExcerptLength)]).Trim();
        return text.Length == 0 ? Nothing : text;
    }

    /// <summary>A failure in Lambda's form, as <see cref="ReadFailure"/> reads it.</summary>
    public static JsonObject ToJson(FunctionFailed failure) => JsonObject.Create(("errorType", failure.ErrorType), ("errorMessage", failure.ErrorMessage));

    /// <summary>The failure in a response in Lambda's form; null if the response is not a failure.</summary>
    public static FunctionFailed? ReadFailure(JsonValue? response)
    {
        if (response is not JsonObject failure || failure["errorType"] is not JsonString type)
        {
            return null;
        }

        string message = failure["errorMessage"] is JsonString text ? text.Value : string.Empty;
        return new(type.Value, message)
        {
            StackTrace = failure["stackTrace"] is JsonArray trace ? [.. trace.OfType<JsonString>().Select(static line => line.Value)] : null,
        };
    }
}

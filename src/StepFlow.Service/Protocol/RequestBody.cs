using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace StepFlow.Service.Protocol;

/// <summary>Reads the body of a request, up to the API's bound. Slow bodies are the server's to refuse (its minimum data rate).</summary>
internal static class RequestBody
{
    /// <summary>Most bytes of a request: 1 MiB, and room for the envelope of a definition of that size.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly ApiError TooLarge = new("RequestEntityTooLargeException", "Request body must not be larger than 1 MiB.", 413);

    /// <summary>The body, or the error. After an error the rest of the body is not read.</summary>
    public static async ValueTask<(byte[]? Body, ApiError? Refusal)> ReadAsync(HttpContext context, RequestLoad load)
    {
        (byte[]? body, ApiError? refusal) = await ReadAllAsync(context, load);
        if (refusal is not null)
        {
            context.Response.Headers.Connection = "close";
        }

        return (body, refusal);
    }

    /// <summary>The request of a body; null where it is not a JSON object. An empty body is an empty request.</summary>
    public static JsonObject? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? JsonObject.Empty : JsonValue.Parse(body) as JsonObject;
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    /// <summary>Whether the content type of a request's body is this one.</summary>
    public static bool IsOfType(HttpRequest request, string contentType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, contentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a body of another content type is refused.</summary>
    public static ApiError UnsupportedType(string contentType) => new("UnsupportedMediaTypeException", $"The content type must be {contentType}.", 415);

    private static async ValueTask<(byte[]? Body, ApiError? Refusal)> ReadAllAsync(HttpContext context, RequestLoad load)
    {
        HttpRequest request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // This class limits the size, so that the error has the form of the protocol.
            feature.MaxRequestBodySize = null;
        }

        if (request.ContentLength > MaxLength)
        {
            return (null, TooLarge);
        }

        long taken = request.ContentLength ?? 0;
        (RequestShare? share, ApiError? busy) = load.Enter(context);
        busy ??= share!.Take(taken);
        if (busy is not null)
        {
            return (null, busy);
        }

        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaxLength)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (null, TooLarge);
            }

            // A body without a Content-Length is counted while it is read.
            if (read.Buffer.Length > taken)
            {
                if (share!.Take(read.Buffer.Length - taken) is { } refusal)
                {
                    reader.AdvanceTo(read.Buffer.End);
                    return (null, refusal);
                }

                taken = read.Buffer.Length;
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return (body, null);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

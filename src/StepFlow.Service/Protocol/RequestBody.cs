using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace StepFlow.Service.Protocol;

/// <summary>Reads the body of a request, up to the API's bound. Slow bodies are the server's to refuse (its minimum data rate).</summary>
internal static class RequestBody
{
    /// <summary>Most bytes of a request: 1 MiB, and room for the envelope of a definition of that size.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>The body; null where it is too long.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // The bound is kept below, with an answer in the protocol's own form.
            feature.MaxRequestBodySize = null;
        }

        if (request.ContentLength > MaxLength)
        {
            return null;
        }

        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaxLength)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

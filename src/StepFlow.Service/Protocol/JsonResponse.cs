using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Protocol;

/// <summary>Writes responses. A small response is written as a whole. A long list is written item by item, so its whole text is never in memory.</summary>
internal static class JsonResponse
{
    /// <summary>A text of more bytes is written piece by piece, each about so long.</summary>
    private const int Piece = 64 * 1024;

    /// <summary>Writes a response.</summary>
    /// <param name="view">Gives a member, or an item of a list of that member, as the caller is to see it; null to show all as it is.</param>
    public static async Task WriteAsync(HttpContext context, string contentType, JsonObject body, Func<string, JsonValue, JsonValue>? view = null)
    {
        context.Response.ContentType = contentType;
        if (!IsLong(body))
        {
            byte[] text = (view is null ? body : View(body, view)).ToUtf8();
            context.Response.ContentLength = text.Length;
            await context.Response.Body.WriteAsync(text, context.RequestAborted);
            return;
        }

        PipeWriter output = context.Response.BodyWriter;
        await using Utf8JsonWriter writer = JsonValue.CreateWriter(output);
        long sent = 0;
        writer.WriteStartObject();
        foreach ((string name, JsonValue value) in body)
        {
            writer.WritePropertyName(name);
            if (value is JsonArray list)
            {
                writer.WriteStartArray();
                foreach (JsonValue item in list)
                {
                    (view?.Invoke(name, item) ?? item).WriteTo(writer);
                    await SendAsync(Piece);
                }

                writer.WriteEndArray();
            }
            else
            {
                (view?.Invoke(name, value) ?? value).WriteTo(writer);
                await SendAsync(Piece);
            }
        }

        writer.WriteEndObject();
        await SendAsync(0);

        async Task SendAsync(int least)
        {
            if (writer.BytesCommitted + writer.BytesPending - sent > least)
            {
                writer.Flush();
                sent = writer.BytesCommitted;
                await output.FlushAsync(context.RequestAborted);
            }
        }
    }

    /// <summary>Whether a text is long, about: texts in it are not searched for characters that take more than one byte.</summary>
    private static bool IsLong(JsonObject body)
    {
        long length = 0;
        foreach (KeyValuePair<string, JsonValue> member in body.AsSpan())
        {
            length += member.Value is JsonString { Deferred: null, Value: var text } ? text.Length : member.Value.Utf8Length;
        }

        return length > Piece;
    }

    private static JsonObject View(JsonObject body, Func<string, JsonValue, JsonValue> view) => body.Aggregate(
        new JsonObjectBuilder(body.Count),
        (builder, member) => builder.Set(
            member.Key,
            member.Value is JsonArray list ? JsonArray.From(list.Select(item => view(member.Key, item))) : view(member.Key, member.Value))).Build();
}

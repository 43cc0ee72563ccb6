using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Triggers;

/// <summary>
/// <c>POST /triggers/NAME</c>: starts the trigger's state machine with the body as input. The caller sends the secret
/// (<c>Authorization: Bearer SECRET</c>), or signs the body with it (<c>X-Hub-Signature-256: sha256=…</c>, HMAC of SHA-256, as
/// GitHub and others do). A delivery with an id (<c>X-GitHub-Delivery</c>, <c>webhook-id</c>, <c>Idempotency-Key</c>)
/// starts one execution, even if it is sent several times.
/// </summary>
internal sealed class Webhooks(IReadOnlyDictionary<string, TriggerOptions> triggers, TriggerStarts starts)
{
    private const int MaxBytes = 1024 * 1024;
    private const string Signature = "X-Hub-Signature-256";
    private const string SignaturePrefix = "sha256=";
    private const string Bearer = "Bearer ";

    private static readonly string[] Ids = ["X-GitHub-Delivery", "webhook-id", "Idempotency-Key"];

    /// <summary>Serves a request.</summary>
    public async Task ServeAsync(HttpContext context, string name)
    {
        byte[]? body = await ReadAsync(context.Request, context.RequestAborted);
        if (body is null)
        {
            await RespondAsync(context, 413, JsonObject.Create(("message", $"The body is larger than {MaxBytes} bytes.")));
            return;
        }

        // A caller without the secret cannot find out which triggers exist.
        if (!triggers.TryGetValue(name, out TriggerOptions? options) || options.WebhookSecret is not { } secret || !IsAllowed(context.Request, secret, body))
        {
            await RespondAsync(context, 401, JsonObject.Create(("message", "The webhook does not exist, or the secret is wrong.")));
            return;
        }

        string id = Ids.Select(header => context.Request.Headers[header].ToString()).FirstOrDefault(static value => !string.IsNullOrEmpty(value)) ?? Guid.NewGuid().ToString();
        string text = Encoding.UTF8.GetString(body);
        JsonObject input = JsonObject.Create(("Trigger", name), ("Id", id), ("Body", body.Length == 0 ? JsonValue.Null : JsonValue.ParseOrNull(text) ?? text));
        ApiResult result = await starts.StartAsync(name, options, id, input, context.RequestAborted);
        if (!TriggerStarts.IsStarted(result))
        {
            await RespondAsync(context, 502, JsonObject.Create(("message", $"The execution could not be started: {result.Error?.Code}.")));
            return;
        }

        await RespondAsync(context, 202, JsonObject.Create(("executionName", TriggerStarts.ExecutionName(name, id))));
    }

    private static bool IsAllowed(HttpRequest request, string secret, byte[] body)
    {
        byte[] key = Encoding.UTF8.GetBytes(secret);
        string authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Bearer.Length..]), key);
        }

        string signature = request.Headers[Signature].ToString();
        return signature.StartsWith(SignaturePrefix, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature[SignaturePrefix.Length..]), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, body))));
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var collected = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (collected.Length + read > MaxBytes)
            {
                return null;
            }

            collected.Write(buffer, 0, read);
        }

        return collected.ToArray();
    }

    private static Task RespondAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToString(), context.RequestAborted);
    }
}

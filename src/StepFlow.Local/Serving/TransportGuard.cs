using System.Net;

namespace StepFlow.Local.Serving;

/// <summary>
/// Keeps credentials and payloads from being sent over the network without TLS. It accepts requests over TLS, from this machine, and from proxies
/// that the configuration trusts, unless the proxy reports that its caller came without TLS.
/// </summary>
/// <param name="proxies">The networks of trusted proxies.</param>
/// <param name="next">Serves the request.</param>
internal sealed class TransportGuard(IReadOnlyList<IPNetwork> proxies, RequestDelegate next)
{
    private static readonly byte[] Refusal = JsonObject.Create(
        ("error", "InsecureTransport"),
        ("message", "This server accepts requests from other machines only over https, or from a proxy in Server:TrustedProxies.")).ToUtf8();

    /// <summary>Handles a request, or rejects it.</summary>
    public Task ServeAsync(HttpContext context)
    {
        // A request without an address did not come over a network.
        IPAddress? peer = context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
        if (peer is not null && proxies.Any(proxy => proxy.Contains(peer)))
        {
            // The trusted proxy has added the last entry. Those before it come from its caller.
            if (Last(context, "X-Forwarded-Proto") is { } scheme && !scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            {
                return RefuseAsync(context);
            }

            if (IPAddress.TryParse(Last(context, "X-Forwarded-For"), out IPAddress? caller))
            {
                context.Connection.RemoteIpAddress = caller;
            }

            return next(context);
        }

        return context.Request.IsHttps || peer is null || IPAddress.IsLoopback(peer) ? next(context) : RefuseAsync(context);
    }

    private static string? Last(HttpContext context, string header) =>
        context.Request.Headers[header].ToString() is { Length: > 0 } values ? values.Split(',')[^1].Trim() : null;

    private static async Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "application/json";
        context.Response.Headers.Connection = "close";
        await context.Response.Body.WriteAsync(Refusal, context.RequestAborted);
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using StepFlow.Local.Serving;

namespace StepFlow.Local.Tests.Serving;

/// <summary>Credentials and payloads cross the network over TLS only.</summary>
public sealed class TransportGuardTests
{
    [Theory]
    [InlineData("127.0.0.1", "http", null, true)]
    [InlineData("::1", "http", null, true)]
    [InlineData("::ffff:127.0.0.1", "http", null, true)]
    [InlineData("192.0.2.7", "http", null, false)]
    [InlineData("192.0.2.7", "https", null, true)]
    [InlineData("192.0.2.7", "http", "https", false)]
    [InlineData("10.1.2.3", "http", null, true)]
    [InlineData("10.1.2.3", "http", "https", true)]
    [InlineData("10.1.2.3", "http", "http", false)]
    [InlineData("10.1.2.3", "http", "https, http", false)]
    [InlineData("10.1.2.3", "http", "http, https", true)]
    public async Task Serve_ARequest_OverTlsOrFromATrustedProxy(string peer, string scheme, string? forwarded, bool isServed)
    {
        (HttpContext context, bool served) = await ServeAsync(peer, scheme, ("X-Forwarded-Proto", forwarded));

        Assert.Equal(isServed, served);
        Assert.Equal(isServed ? 200 : 403, context.Response.StatusCode);
    }

    [Theory]
    [InlineData("10.1.2.3", "198.51.100.9, 203.0.113.5", "203.0.113.5")]
    [InlineData("10.1.2.3", null, "10.1.2.3")]
    [InlineData("10.1.2.3", "nobody", "10.1.2.3")]
    [InlineData("127.0.0.1", "203.0.113.5", "127.0.0.1")]
    public async Task Serve_WhatAProxyReportsAboutTheCaller_CountsOnlyWhereItIsTrusted(string peer, string? forwarded, string address)
    {
        (HttpContext context, _) = await ServeAsync(peer, "http", ("X-Forwarded-For", forwarded));

        Assert.Equal(address, context.Connection.RemoteIpAddress!.ToString());
    }

    private static async Task<(HttpContext Context, bool Served)> ServeAsync(string peer, string scheme, (string Name, string? Value) header)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        context.Request.Scheme = scheme;
        if (header.Value is not null)
        {
            context.Request.Headers[header.Name] = header.Value;
        }

        bool served = false;
        var guard = new TransportGuard([IPNetwork.Parse("10.0.0.0/8")], _ =>
        {
            served = true;
            return Task.CompletedTask;
        });
        await guard.ServeAsync(context);
        return (context, served);
    }
}

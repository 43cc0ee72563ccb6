using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StepFlow.Console.Tests;

public sealed class ServingTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private WebApplication? _application;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Urls.Add("http://127.0.0.1:0");
        _application.MapStepFlowConsole();
        await _application.StartAsync(Cancelled);
        _http.BaseAddress = new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application!.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/console")]
    public async Task Get_BesideTheConsole_RedirectsToIt(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);

        Assert.Equal((HttpStatusCode.Redirect, "/console/"), (response.StatusCode, response.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("/console/")]
    [InlineData("/console/executions/arn%3Aaws%3Astates%3Aus-east-1%3A1%3Aexecution%3AM%3Ae")]
    public async Task Get_OfAPage_GivesThePageUnderAStrictPolicy(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OfAHashedFile_MayBeCachedForever()
    {
        string page = await _http.GetStringAsync("/console/", Cancelled);
        int at = page.IndexOf("/console/assets/", StringComparison.Ordinal);
        string script = page[at..page.IndexOf('"', at)];
        using HttpResponseMessage response = await GetAsync(script);

        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, script);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage known = await _http.SendAsync(again, Cancelled);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task Get_OfAFileOfAnotherVersion_IsNotFound()
    {
        using HttpResponseMessage response = await GetAsync("/console/assets/index-of-yesterday.js");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, Cancelled);
}

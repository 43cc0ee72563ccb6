using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Language.Json;
using StepFlow.Service.Access;
using StepFlow.Service.Protocol;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Hosting;

/// <summary>The service behind HTTP on a free port of the loopback. Every response of the AWS protocol is checked against the API model.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<string> _problems = [];
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    private TestServer(WebApplication application, TestService test)
    {
        _application = application;
        Test = test;
    }

    public TestService Test { get; }

    public Uri Address { get; private set; } = null!;

    /// <summary>The operations that were called.</summary>
    public IReadOnlyCollection<string> Called => [.. _calls.Keys];

    /// <summary>What was wrong with responses.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    public static async Task<TestServer> StartAsync(AccessKeys? keys = null, TestService? test = null, SignIn? signIn = null, RequestLoad? load = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        var server = new TestServer(application, test ?? new());
        application.Use(server.WatchAsync);
        application.MapStepFunctions(server.Test.Service, keys ?? AccessKeys.None, signIn, load);
        await application.StartAsync(TestContext.Current.CancellationToken);
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        server.Address = new(address);
        return server;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        string target = context.Request.Headers["X-Amz-Target"].ToString();
        if (!target.StartsWith("AWSStepFunctions.", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        Stream wire = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        await next(context);
        context.Response.Body = wire;
        Note(target["AWSStepFunctions.".Length..], context.Response.StatusCode, copy.ToArray());
        copy.Position = 0;
        await copy.CopyToAsync(wire, context.RequestAborted);
    }

    private void Note(string operation, int status, byte[] body)
    {
        _calls.AddOrUpdate(operation, 1, (_, count) => count + 1);
        if (!ApiModel.Load().OperationNames.Contains(operation))
        {
            return;
        }

        var response = (JsonObject)JsonValue.Parse(body);
        foreach (string problem in status == StatusCodes.Status200OK ? ResponseChecker.Check(operation, response) : ResponseChecker.CheckError(operation, response))
        {
            _problems.Enqueue(problem);
        }
    }
}

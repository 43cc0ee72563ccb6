using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Benchmarks.Durable;
using StepFlow.Local.Engine;
using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.Ports;
using StepFlow.Runtime.Problems;
using StepFlow.Service;
using StepFlow.Service.Access;
using StepFlow.Service.Protocol;

namespace StepFlow.Benchmarks.Http;

/// <summary>The service over the durable host on a free port, and a bare echo beside it.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly LocalHost _host;
    private readonly string _folder;

    private HttpServer(WebApplication application, LocalHost host, string folder)
    {
        _application = application;
        _host = host;
        _folder = folder;
    }

    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<HttpServer> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("stepflow-bench-").FullName;
        var host = LocalHost.Open(new() { Journal = new() { Folder = folder } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = new CountingTasks() });
        StepFunctionsService service = new ServiceCollection()
            .AddSingleton<IExecutionHost>(host)
            .AddSingleton<IExecutionProblems>(host)
            .AddSingleton(new InMemoryRunner(new() { Tasks = new CountingTasks() }))
            .AddSingleton<IDocumentStore>(host.Documents)
            .AddSingleton<IActivityQueue>(host.Activities)
            .AddStepFunctionsService()
            .BuildServiceProvider()
            .GetRequiredService<StepFunctionsService>();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        application.MapStepFunctions(service, AccessKeys.None);
        application.MapPost("/echo", EchoAsync);
        await application.StartAsync();
        return new(application, host, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.ContentLength = body.Length;
        context.Response.ContentType = context.Request.ContentType;
        await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
    }
}

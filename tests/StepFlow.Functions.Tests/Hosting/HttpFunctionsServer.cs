using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StepFlow.Functions.Triggers;

namespace StepFlow.Functions.Tests.Hosting;

/// <summary>The app's HTTP functions on a free port of the loopback, at the routes and methods that their triggers name. Function keys are not checked.</summary>
internal sealed class HttpFunctionsServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpFunctionsServer(WebApplication application) => _application = application;

    public Uri Address { get; private set; } = null!;

    public static Task<HttpFunctionsServer> StartAsync(ServiceFixture fixture) => StartAsync(fixture.Host.App, fixture.Host.Client);

    public static async Task<HttpFunctionsServer> StartAsync(TestApp app, DurableTaskClient client)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication application = builder.Build();
        foreach (MethodInfo method in typeof(HttpTriggers).GetMethods())
        {
            if (method.GetParameters().FirstOrDefault()?.GetCustomAttribute<HttpTriggerAttribute>() is { } trigger)
            {
                application.MapMethods(
                    trigger.Route!, trigger.Methods!.Select(name => name.ToUpperInvariant()), context => InvokeAsync(app, client, method, context));
            }
        }

        await application.StartAsync(TestContext.Current.CancellationToken);
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(application) { Address = new(address) };
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static Task InvokeAsync(TestApp app, DurableTaskClient client, MethodInfo method, HttpContext context)
    {
        object[] arguments = [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(HttpRequest) ? (object)context.Request : client)];
        return (Task)method.Invoke(app.Create(typeof(HttpTriggers)), arguments)!;
    }
}

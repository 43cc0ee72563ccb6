using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Service;
using StepFlow.Service.Access;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// The service's endpoints, as the local host serves them, behind the routes of HTTP-triggered functions. The AWS protocol
/// checks signatures; REST is behind function keys, which the Functions host has checked before.
/// </summary>
internal sealed class HttpEndpoints
{
    /// <summary>Where the AWS protocol is.</summary>
    public const string AwsRoute = "aws";

    private const string NoKeys =
        """{"__type":"AccessDeniedException","message":"No access key is configured: set StepFlow__AccessKeys__ID__Secret, best as a Key Vault reference."}""";

    private readonly IServiceProvider _provider;
    private readonly bool _hasKeys;
    private readonly Lazy<RequestDelegate> _signed;
    private readonly Lazy<RequestDelegate> _open;

    public HttpEndpoints(IServiceProvider provider, AccessKeys keys)
    {
        _provider = provider;
        _hasKeys = keys.IsRequired;
        _signed = new(() => Pipeline(keys));
        _open = new(() => Pipeline(AccessKeys.None));
    }

    /// <summary>Serves the AWS JSON protocol.</summary>
    public Task ServeAwsAsync(HttpContext context)
    {
        if (!_hasKeys)
        {
            // The app is on the internet: without keys it serves nobody.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/x-amz-json-1.0";
            return context.Response.WriteAsync(NoKeys, context.RequestAborted);
        }

        // The connection is always that of the Functions host. The platform's front end adds the caller's address last.
        if (IPEndPoint.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out IPEndPoint? caller))
        {
            context.Connection.RemoteIpAddress = caller.Address;
        }

        // The signature covers the path that the client sent, which the server keeps as the raw target.
        context.Request.Path = "/";
        return _signed.Value(context);
    }

    /// <summary>Serves REST.</summary>
    public Task ServeRestAsync(HttpContext context) => _open.Value(context);

    private RequestDelegate Pipeline(AccessKeys keys)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRouting();

        // A web host registers one; routing is not made without.
        services.AddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        var app = new ApplicationBuilder(services.BuildServiceProvider());
        app.Use(next => context =>
        {
            // The Functions host has matched its own route; here the service's routes count.
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            return next(context);
        });
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapStepFunctions(_provider.GetRequiredService<StepFunctionsService>(), keys));
        return app.Build();
    }
}

using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Service;
using StepFlow.Service.Access;
using StepFlow.Service.Errors;

namespace StepFlow.Functions.Hosting;

/// <summary>
/// The endpoints of the service, as on the local host, behind the routes of HTTP-triggered functions. The AWS protocol
/// verifies signatures. REST is behind function keys, which the Functions host checks. The routes below <c>/entra</c> are for
/// signed-in callers. A route either has a function key or none, so there are two routes.
/// </summary>
internal sealed class HttpEndpoints
{
    /// <summary>Where the AWS protocol is.</summary>
    public const string AwsRoute = "aws";

    /// <summary>The prefix of REST and <c>start</c> for signed-in callers.</summary>
    public const string SignedInPrefix = "entra";

    private const string NoSignIn =
        """{"error":"AccessDeniedException","message":"Sign-in is not configured. Set StepFlow__SignIn__Issuer and StepFlow__SignIn__Audience, or use a function key and the path without /entra."}""";

    private const string NoKeys =
        """{"__type":"AccessDeniedException","message":"No access key is configured: set StepFlow__AccessKeys__ID__Secret, best as a Key Vault reference."}""";

    private readonly IServiceProvider _provider;
    private readonly bool _hasKeys;
    private readonly Lazy<RequestDelegate> _signed;
    private readonly Lazy<RequestDelegate> _open;
    private readonly Lazy<RequestDelegate>? _signedIn;
    private readonly Lazy<Func<HttpContext, string, Task<(CallerContext? Caller, ApiError? Refusal)>>>? _check;

    public HttpEndpoints(IServiceProvider provider, AccessKeys keys, SignIn? signIn)
    {
        _provider = provider;
        _hasKeys = keys.IsRequired;
        _signed = new(() => Pipeline(keys, null));
        _open = new(() => Pipeline(AccessKeys.None, null));
        if (signIn is not null)
        {
            _signedIn = new(() => Pipeline(AccessKeys.None, signIn));
            _check = new(() => provider.GetRequiredService<StepFunctionsService>().CheckSignedIn(signIn));
        }
    }

    /// <summary>Serves the AWS JSON protocol.</summary>
    public Task ServeAwsAsync(HttpContext context)
    {
        if (!_hasKeys)
        {
            // The app is on the internet, so without access keys it accepts no requests.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/x-amz-json-1.0";
            return context.Response.WriteAsync(NoKeys, context.RequestAborted);
        }

        TakeAddress(context);

        // The signature covers the path that the client sent, which is the raw target of the request.
        context.Request.Path = "/";
        return _signed.Value(context);
    }

    public Task ServeRestAsync(HttpContext context) => _open.Value(context);

    /// <summary>Serves REST to signed-in callers.</summary>
    public Task ServeSignedInAsync(HttpContext context)
    {
        if (_signedIn is null)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(NoSignIn, context.RequestAborted);
        }

        TakeAddress(context);
        context.Request.Path = context.Request.Path.Value!["/".Length..][SignedInPrefix.Length..];
        return _signedIn.Value(context);
    }

    /// <summary>The signed-in caller, for a route of the app itself.</summary>
    /// <param name="operation">What will be called for it.</param>
    /// <returns>The caller, or why the request is refused.</returns>
    public Task<(CallerContext? Caller, ApiError? Refusal)> CheckSignedInAsync(HttpContext context, string operation)
    {
        if (_check is null)
        {
            return Task.FromResult<(CallerContext?, ApiError?)>((null, new(ErrorCodes.AccessDenied, "Sign-in is not configured. Set StepFlow__SignIn__Issuer and StepFlow__SignIn__Audience.", StatusCodes.Status403Forbidden)));
        }

        TakeAddress(context);
        return _check.Value(context, operation);
    }

    /// <summary>The connection always comes from the Functions host. The platform's front end adds the caller's address as the last one.</summary>
    private static void TakeAddress(HttpContext context)
    {
        if (IPEndPoint.TryParse(context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim(), out IPEndPoint? caller))
        {
            context.Connection.RemoteIpAddress = caller.Address;
        }
    }

    private RequestDelegate Pipeline(AccessKeys keys, SignIn? signIn)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddRouting();

        // A web host registers one; routing is not made without.
        services.AddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        var app = new ApplicationBuilder(services.BuildServiceProvider());
        app.Use(next => context =>
        {
            // The Functions host has matched its own route. Now the routes of the service are matched.
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            return next(context);
        });
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapStepFunctions(_provider.GetRequiredService<StepFunctionsService>(), keys, signIn));
        return app.Build();
    }
}

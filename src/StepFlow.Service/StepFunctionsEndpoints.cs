using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StepFlow.Service.Access;
using StepFlow.Service.Protocol;
using StepFlow.Service.Rest;

namespace StepFlow.Service;

/// <summary>Puts the service on the routes of a web application.</summary>
public static class StepFunctionsEndpoints
{
    /// <summary>Maps the AWS JSON protocol at <c>POST /</c>, REST under <c>/api</c>, and its description at <c>/openapi.json</c>.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="keys">The access keys. With <see cref="AccessKeys.None"/> and no sign-in, anybody may call.</param>
    /// <param name="signIn">The sign-in with tokens; null for none.</param>
    /// <param name="load">Rejects requests if the load is too high; null if the platform does it.</param>
    public static void MapStepFunctions(
        this IEndpointRouteBuilder endpoints, StepFunctionsService service, AccessKeys keys, SignIn? signIn = null, RequestLoad? load = null)
    {
        var gate = new RequestGate(service, keys, signIn, load ?? RequestLoad.Unlimited(service.Time), service.Logger, service.Time);
        endpoints.MapPost("/", new AwsJsonEndpoint(service, gate).ServeAsync);
        var rest = new RestEndpoint(service, gate);
        foreach (RestRoute route in RestRoutes.All)
        {
            endpoints.MapMethods(route.Template, [route.Method], context => rest.ServeAsync(context, route));
        }

        endpoints.MapGet("/openapi.json", new OpenApiEndpoint(service).ServeAsync);
    }

    /// <summary>Checks the callers of a host's own routes, before the host calls an operation for them.</summary>
    /// <param name="signIn">Who may sign in.</param>
    /// <returns>A function from a request and an operation to the caller, or the error.</returns>
    public static Func<HttpContext, string, Task<(CallerContext? Caller, ApiError? Refusal)>> CheckSignedIn(this StepFunctionsService service, SignIn signIn)
    {
        var gate = new RequestGate(service, AccessKeys.None, signIn, RequestLoad.Unlimited(service.Time), service.Logger, service.Time);
        return (context, operation) => gate.EnterAsync(context, [], operation).AsTask();
    }
}

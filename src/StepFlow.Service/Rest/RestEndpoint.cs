using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StepFlow.Runtime.MapRuns;
using StepFlow.Service.Protocol;

namespace StepFlow.Service.Rest;

/// <summary>REST: the same operations for clients without an AWS SDK.</summary>
internal sealed class RestEndpoint(StepFunctionsService service, RequestGate gate)
{
    private const string ContentType = "application/json";
    private static readonly ApiError NotJson = new(ErrorCodes.Serialization, "The body must be a JSON object.");
    private static readonly ApiError UnknownPayloads = new(
        ErrorCodes.Validation, $"The query parameter {RestPayloads.Parameter} must be {RestPayloads.AsValues} or {RestPayloads.AsText}.");
    private readonly ArnFormat _arns = new(service.Options);

    /// <summary>Serves a request.</summary>
    public async Task ServeAsync(HttpContext context, RestRoute route)
    {
        bool? asValues = RestPayloads.WantsValues(context.Request);
        ApiResult result = asValues is null ? ApiResult.Failure(UnknownPayloads) : await RunAsync(context, route);
        if (result.IsSuccess)
        {
            await JsonResponse.WriteAsync(context, ContentType, result.Response, (name, value) => RestView.Of(name, value, asValues!.Value));
            return;
        }

        context.Response.StatusCode = RestStatus.Of(result.Error);
        if (gate.IsRequired && context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = gate.TakesKeys ? "Basic realm=\"stepflow\"" : "Bearer realm=\"stepflow\"";
        }

        await JsonResponse.WriteAsync(context, ContentType, JsonObject.Create(("error", result.Error.Code), ("message", result.Error.Message)));
    }

    private async Task<ApiResult> RunAsync(HttpContext context, RestRoute route)
    {
        string operation = route.Operation ?? context.Request.RouteValues["operation"]?.ToString() ?? string.Empty;
        (byte[] body, CallerContext? caller, ApiError? refusal) = await gate.ReadAsync(context, operation);
        if (refusal is not null)
        {
            return ApiResult.Failure(refusal);
        }

        // A page of another site can send a form, but this content type only after a preflight request.
        bool isChange = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsDelete(context.Request.Method);
        if ((isChange || body.Length > 0) && !RequestBody.IsOfType(context.Request, ContentType))
        {
            return ApiResult.Failure(RequestBody.UnsupportedType(ContentType));
        }

        if (RequestBody.Parse(body) is not { } parsed)
        {
            return ApiResult.Failure(NotJson);
        }

        StructureShape? shape = service.ShapeOf(operation);
        MapRunRecord? run = context.GetRouteValue("mapRunArn") is string arn ? await service.MapRuns.FindAsync(arn, context.RequestAborted) : null;
        JsonObject request = shape is null ? parsed : RestApiRequest.From(context, parsed, shape, _arns, run);
        if (operation is "CreateStateMachine" or "TestState" && !request.ContainsKey(RestRoles.Member))
        {
            // AWS's API requires a role. On Azure it has no effect.
            request = request.With(RestRoles.Member, RestRoles.Default(_arns));
        }

        return await service.InvokeAsync(operation, request, caller! with { IsRest = true }, context.RequestAborted);
    }
}

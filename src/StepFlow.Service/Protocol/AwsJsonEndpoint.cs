using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Protocol;

/// <summary>The AWS JSON 1.0 protocol over HTTP: <c>POST /</c> with <c>X-Amz-Target: AWSStepFunctions.Operation</c>.</summary>
internal sealed class AwsJsonEndpoint(StepFunctionsService service, RequestGate gate)
{
    private const string ContentType = "application/x-amz-json-1.0";
    private const string TargetPrefix = "AWSStepFunctions.";
    private static readonly ApiError NotJson = new(ErrorCodes.Serialization, "Could not parse the request body as JSON.");

    /// <summary>Serves a request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = RandomIds.Next();
        ApiResult result = await RunAsync(context);
        if (!result.IsSuccess)
        {
            context.Response.StatusCode = result.Error.Status;
            context.Response.Headers["x-amzn-ErrorType"] = result.Error.Code;
        }

        await JsonResponse.WriteAsync(context, ContentType, result.IsSuccess ? result.Response : View(result.Error));
    }

    private static JsonObject View(ApiError error) => new JsonObjectBuilder()
        .Set("__type", error.Code)
        .Set("message", error.Message)
        .SetIfPresent("reason", error.Reason)
        .SetIfPresent("resourceName", error.ResourceName)
        .Build();

    private async Task<ApiResult> RunAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!RequestBody.IsOfType(request, ContentType))
        {
            return ApiResult.Failure(RequestBody.UnsupportedType(ContentType));
        }

        string target = request.Headers["X-Amz-Target"].ToString();
        string operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : string.Empty;
        (byte[] body, CallerContext? caller, ApiError? refusal) = await gate.ReadAsync(context, operation);
        if (refusal is not null)
        {
            return ApiResult.Failure(refusal);
        }

        return RequestBody.Parse(body) is not { } parsed
            ? ApiResult.Failure(NotJson)
            : await service.InvokeAsync(operation, parsed, caller!, context.RequestAborted);
    }
}

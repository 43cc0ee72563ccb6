using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using StepFlow.Language.Json;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Protocol;

/// <summary>The AWS JSON 1.0 protocol over HTTP: <c>POST /</c> with <c>X-Amz-Target: AWSStepFunctions.Operation</c>.</summary>
internal sealed class AwsJsonEndpoint(StepFunctionsService service, RequestGate gate, RequestLoad load)
{
    private const string ContentType = "application/x-amz-json-1.0";
    private const string TargetPrefix = "AWSStepFunctions.";
    private static readonly ApiError UnsupportedType = new("UnsupportedMediaTypeException", $"The content type must be {ContentType}.", 415);
    private static readonly ApiError NotJson = new(ErrorCodes.Serialization, "Could not parse the request body as JSON.");

    /// <summary>Serves a request.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString("D");
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
        .SetIfPresent("reason", error.Reason is null ? null : (JsonValue)error.Reason)
        .SetIfPresent("resourceName", error.ResourceName is null ? null : (JsonValue)error.ResourceName)
        .Build();

    private async Task<ApiResult> RunAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !string.Equals(type.MediaType, ContentType, StringComparison.OrdinalIgnoreCase))
        {
            return ApiResult.Failure(UnsupportedType);
        }

        (byte[]? body, ApiError? refusedBody) = await RequestBody.ReadAsync(context, load);
        if (refusedBody is not null)
        {
            return ApiResult.Failure(refusedBody);
        }

        string target = request.Headers["X-Amz-Target"].ToString();
        string operation = target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? target[TargetPrefix.Length..] : string.Empty;
        (CallerContext? caller, ApiError? refusal) = await gate.EnterAsync(context, body!, operation);
        refusal ??= load.CheckStart(context, operation);
        if (refusal is not null)
        {
            return ApiResult.Failure(refusal);
        }

        JsonObject? parsed = Parse(body!);
        return parsed is null
            ? ApiResult.Failure(NotJson)
            : await service.InvokeAsync(operation, parsed, caller!, context.RequestAborted);
    }

    /// <summary>The request; null where the body is not a JSON object. An empty body is an empty request.</summary>
    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? JsonObject.Empty : JsonValue.Parse(body) as JsonObject;
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }
}

using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Service;

/// <summary>The result of an operation: a response or an error.</summary>
public readonly struct ApiResult
{
    private ApiResult(JsonObject? response, ApiError? error)
    {
        Response = response;
        Error = error;
    }

    /// <summary>The response; null where it failed.</summary>
    public JsonObject? Response { get; }

    /// <summary>The error; null where it went well.</summary>
    public ApiError? Error { get; }

    /// <summary>Whether it went well.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static ApiResult Success(JsonObject response) => new(response, null);

    public static ApiResult Failure(ApiError error) => new(null, error);
}

namespace StepFlow.Service.Errors;

/// <summary>Ends an operation with an <see cref="ApiError"/>. The dispatcher makes the response from it.</summary>
public sealed class ApiException(ApiError error) : Exception(error.Message)
{
    /// <summary>The error of the response.</summary>
    public ApiError Error { get; } = error;
}

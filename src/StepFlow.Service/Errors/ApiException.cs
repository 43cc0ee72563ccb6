namespace StepFlow.Service.Errors;

/// <summary>Ends an operation with an <see cref="ApiError"/>; the dispatcher turns it into the answer.</summary>
public sealed class ApiException(ApiError error) : Exception(error.Message)
{
    /// <summary>What is answered.</summary>
    public ApiError Error { get; } = error;
}

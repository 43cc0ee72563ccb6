namespace StepFlow.Service.Errors;

/// <summary>The error of an operation.</summary>
/// <param name="Code">The error's name in the API model (<c>StateMachineDoesNotExist</c>), or in the protocol.</param>
/// <param name="Message">The text, as Step Functions words it.</param>
public sealed record ApiError(string Code, string Message, int Status = 400)
{
    /// <summary>The reason of a <c>ValidationException</c>; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>The resource that a <c>ResourceNotFound</c> or <c>TooManyTags</c> names; null for none.</summary>
    public string? ResourceName { get; init; }
}

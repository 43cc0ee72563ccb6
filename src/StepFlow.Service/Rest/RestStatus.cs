namespace StepFlow.Service.Rest;

/// <summary>The HTTP status of an error in the REST API.</summary>
internal static class RestStatus
{
    public static int Of(ApiError error) => error.Code switch
    {
        ErrorCodes.StateMachineDoesNotExist or ErrorCodes.ExecutionDoesNotExist or ErrorCodes.ActivityDoesNotExist
            or ErrorCodes.ResourceNotFound or ErrorCodes.TaskDoesNotExist or ErrorCodes.UnknownOperation => 404,
        ErrorCodes.StateMachineAlreadyExists or ErrorCodes.ExecutionAlreadyExists or ErrorCodes.ActivityAlreadyExists
            or ErrorCodes.Conflict or ErrorCodes.StateMachineDeleting or ErrorCodes.ExecutionNotRedrivable or ErrorCodes.TaskTimedOut => 409,
        ErrorCodes.MissingAuthenticationToken or ErrorCodes.UnrecognizedClient or ErrorCodes.InvalidSignature or ErrorCodes.IncompleteSignature => 401,
        _ => error.Status,
    };
}

namespace StepFlow.Service.Errors;

/// <summary>The names of the API's errors (API model, <c>exception</c> shapes) and of the protocol's errors.</summary>
public static class ErrorCodes
{
    public const string ActivityAlreadyExists = "ActivityAlreadyExists";
    public const string ActivityDoesNotExist = "ActivityDoesNotExist";
    public const string ActivityWorkerLimitExceeded = "ActivityWorkerLimitExceeded";
    public const string Conflict = "ConflictException";
    public const string ExecutionAlreadyExists = "ExecutionAlreadyExists";
    public const string ExecutionDoesNotExist = "ExecutionDoesNotExist";
    public const string ExecutionLimitExceeded = "ExecutionLimitExceeded";
    public const string ExecutionNotRedrivable = "ExecutionNotRedrivable";
    public const string InvalidArn = "InvalidArn";
    public const string InvalidDefinition = "InvalidDefinition";
    public const string InvalidEncryptionConfiguration = "InvalidEncryptionConfiguration";
    public const string InvalidExecutionInput = "InvalidExecutionInput";
    public const string InvalidLoggingConfiguration = "InvalidLoggingConfiguration";
    public const string InvalidName = "InvalidName";
    public const string InvalidOutput = "InvalidOutput";
    public const string InvalidToken = "InvalidToken";
    public const string MissingRequiredParameter = "MissingRequiredParameter";
    public const string ResourceNotFound = "ResourceNotFound";
    public const string ServiceQuotaExceeded = "ServiceQuotaExceededException";
    public const string StateMachineAlreadyExists = "StateMachineAlreadyExists";
    public const string StateMachineDeleting = "StateMachineDeleting";
    public const string StateMachineDoesNotExist = "StateMachineDoesNotExist";
    public const string StateMachineTypeNotSupported = "StateMachineTypeNotSupported";
    public const string TaskDoesNotExist = "TaskDoesNotExist";
    public const string TaskTimedOut = "TaskTimedOut";
    public const string TooManyTags = "TooManyTags";
    public const string Validation = "ValidationException";

    /// <summary>The body is not JSON, or a member has the wrong JSON type.</summary>
    public const string Serialization = "SerializationException";

    /// <summary>The X-Amz-Target names no operation.</summary>
    public const string UnknownOperation = "UnknownOperationException";

    /// <summary>The service failed; the request may be repeated.</summary>
    public const string InternalFailure = "InternalFailure";

    /// <summary>The server is stopping, or its disk or storage account is unavailable. AWS clients repeat the request.</summary>
    public const string ServiceUnavailable = "ServiceUnavailable";

    /// <summary>The caller may not use the operation.</summary>
    public const string AccessDenied = "AccessDeniedException";

    /// <summary>The access key is unknown.</summary>
    public const string UnrecognizedClient = "UnrecognizedClientException";

    /// <summary>The signature does not match, or its date is too old.</summary>
    public const string InvalidSignature = "InvalidSignatureException";

    /// <summary>The request is not signed.</summary>
    public const string MissingAuthenticationToken = "MissingAuthenticationTokenException";

    /// <summary>The Authorization header cannot be read.</summary>
    public const string IncompleteSignature = "IncompleteSignatureException";

    /// <summary>Too many requests.</summary>
    public const string Throttling = "ThrottlingException";
}

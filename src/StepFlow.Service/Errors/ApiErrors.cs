namespace StepFlow.Service.Errors;

/// <summary>The API's errors, with the texts of Step Functions.</summary>
internal static class ApiErrors
{
    public const string InvalidTokenText = "Invalid token";
    public const string TaskTimedOutText = "Task Timed Out: 'Provided task does not exist anymore'";
    public const string TypeNotSupportedText = "This operation is not supported by this type of state machine";
    public const string ResourceMissingText = "Request references a resource that does not exist.";
    public const string NothingToUpdateText = "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified";
    public const string InvalidInputText = "Invalid execution input.";
    public const string OneLogDestinationText = "Must specify exactly one Log Destination.";

    public static ApiException Validation(string message, string? reason = null) => new(new(ErrorCodes.Validation, message) { Reason = reason });

    public static ApiException Serialization(string message) => new(new(ErrorCodes.Serialization, message));

    public static ApiException InvalidArn(string detail) => new(new(ErrorCodes.InvalidArn, $"Invalid Arn: '{detail}'"));

    public static ApiException InvalidArnPrefix(string arn) => InvalidArn($"Invalid ARN prefix: {arn}");

    public static ApiException InvalidArnResource(string type) => InvalidArn($"Resource type not valid in this context: {type}");

    public static ApiException LabeledArn(string arn) =>
        Validation($"This operation does not support the ARN of a Distributed Map state: '{arn}'", "API_DOES_NOT_SUPPORT_LABELED_ARNS");

    public static ApiException InvalidName(string name) => new(new(ErrorCodes.InvalidName, $"Invalid Name: '{name}'"));

    public static ApiException InvalidToken() => new(new(ErrorCodes.InvalidToken, $"Invalid Token: '{InvalidTokenText}'"));

    public static ApiException InvalidInput(string detail) => new(new(ErrorCodes.InvalidExecutionInput, $"Invalid State Machine Execution Input: '{detail}'"));

    public static ApiException InvalidOutput(string detail) => new(new(ErrorCodes.InvalidOutput, $"Invalid Output: '{detail}'"));

    public static ApiException InvalidLogging(string detail) => new(new(ErrorCodes.InvalidLoggingConfiguration, $"Invalid Logging Configuration: {detail}"));

    public static ApiException InvalidEncryption(string detail) => new(new(ErrorCodes.InvalidEncryptionConfiguration, $"Invalid Encryption Configuration: {detail}"));

    public static ApiException StateMachineAlreadyExists(string arn) => new(new(ErrorCodes.StateMachineAlreadyExists, $"State Machine Already Exists: '{arn}'"));

    public static ApiException StateMachineDoesNotExist(string arn) => new(new(ErrorCodes.StateMachineDoesNotExist, $"State Machine Does Not Exist: '{arn}'"));

    public static ApiException StateMachineDeleting(string arn) => new(new(ErrorCodes.StateMachineDeleting, $"State Machine is being deleted: '{arn}'"));

    public static ApiException TypeNotSupported() => new(new(ErrorCodes.StateMachineTypeNotSupported, TypeNotSupportedText));

    public static ApiException NothingToUpdate() => new(new(ErrorCodes.MissingRequiredParameter, NothingToUpdateText));

    public static ApiException ExecutionDoesNotExist(string arn) => new(new(ErrorCodes.ExecutionDoesNotExist, $"Execution Does Not Exist: '{arn}'"));

    public static ApiException ExecutionAlreadyExists(string arn) => new(new(ErrorCodes.ExecutionAlreadyExists, $"Execution Already Exists: '{arn}'"));

    public static ApiException NotRedrivable(string reason) => new(new(ErrorCodes.ExecutionNotRedrivable, reason));

    public static ApiException ActivityDoesNotExist(string arn) => new(new(ErrorCodes.ActivityDoesNotExist, $"Activity Does Not Exist: '{arn}'"));

    public static ApiException TaskTimedOut() => new(new(ErrorCodes.TaskTimedOut, TaskTimedOutText));

    public static ApiException ResourceNotFound(string arn) => new(new(ErrorCodes.ResourceNotFound, $"Resource not found: '{arn}'") { ResourceName = arn });

    public static ApiException ResourceMissing() => new(new(ErrorCodes.ResourceNotFound, ResourceMissingText));

    public static ApiException Conflict(string message) => new(new(ErrorCodes.Conflict, message));

    public static ApiException TooManyTags(string arn) => new(new(ErrorCodes.TooManyTags, $"Too Many Tags: '{arn}'") { ResourceName = arn });

    public static ApiException QuotaExceeded(string message) => new(new(ErrorCodes.ServiceQuotaExceeded, message));
}

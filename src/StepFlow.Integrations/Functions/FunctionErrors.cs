namespace StepFlow.Integrations.Functions;

/// <summary>The failures of calls of functions, besides those that functions report themselves.</summary>
internal static class FunctionErrors
{
    /// <summary>Lambda's name for a function that ran out of time.</summary>
    public const string TimedOut = "Sandbox.Timedout";

    /// <summary>Lambda's error for a process that ended without a response.</summary>
    public const string ExitError = "Runtime.ExitError";

    /// <summary>Lambda's error for a response that is not JSON.</summary>
    public const string MarshalError = "Runtime.MarshalError";

    /// <summary>Lambda's error for a response that is too large.</summary>
    public const string ResponseSizeTooLarge = "Function.ResponseSizeTooLarge";

    public const string SdkClientException = "SdkClientException";
    public const string ServiceException = "ServiceException";
    public const string TooManyRequestsException = "TooManyRequestsException";
    public const string ResourceNotFoundException = "ResourceNotFoundException";

    public static FunctionFailed Timeout(int seconds) => new(TimedOut, $"Task timed out after {seconds}.00 seconds");

    public static FunctionFailed TooLarge(int most) =>
        new(ResponseSizeTooLarge, $"Response payload size exceeded maximum allowed payload size ({most} bytes).");

    public static FunctionFailed Exited(int exitCode, string errorTail) =>
        new(ExitError, $"Runtime exited with error: exit status {exitCode}" + (errorTail.Length == 0 ? string.Empty : ": " + errorTail));

    public static FunctionFailed NotJson(string reason) => new(MarshalError, "The response is not JSON: " + reason);
}

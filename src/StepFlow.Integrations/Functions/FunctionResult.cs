namespace StepFlow.Integrations.Functions;

/// <summary>How a call of a function ended. A closed family.</summary>
public abstract record FunctionResult;

/// <summary>It returned.</summary>
/// <param name="Payload">The return value.</param>
public sealed record FunctionSucceeded(JsonValue Payload) : FunctionResult;

/// <summary>It failed by itself: its error type becomes the error name, and the cause is the JSON text that Lambda writes of a failure.</summary>
/// <param name="ErrorMessage">What went wrong.</param>
public sealed record FunctionFailed(string ErrorType, string ErrorMessage) : FunctionResult
{
    /// <summary>The location of the failure; null if it is not known.</summary>
    public IReadOnlyList<string>? StackTrace { get; init; }
}

/// <summary>It could not be called. This is a failure of the platform (<c>Lambda.ServiceException</c>), and a retry can help.</summary>
/// <param name="Exception">The exception's name without prefix (<c>ServiceException</c>, <c>TooManyRequestsException</c>, <c>SdkClientException</c>).</param>
/// <param name="Message">What went wrong.</param>
public sealed record FunctionUnavailable(string Exception, string Message, int Status) : FunctionResult;

/// <summary>A job runs it, and the host polls jobs: it calls again later with the reference (<see cref="TaskCall.JobReference"/>).</summary>
/// <param name="Reference">How the job is found again.</param>
/// <param name="After">How long to wait before the next call.</param>
public sealed record FunctionPending(JsonValue Reference, TimeSpan After) : FunctionResult
{
    internal TaskPending ToOutcome() => new(JsonObject.Empty, Reference, After);
}

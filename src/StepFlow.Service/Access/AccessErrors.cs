namespace StepFlow.Service.Access;

/// <summary>The errors of rejected requests, in the words of AWS.</summary>
internal static class AccessErrors
{
    public static readonly ApiError MissingToken = new(ErrorCodes.MissingAuthenticationToken, "Missing Authentication Token", 403);

    public static readonly ApiError UnknownKey = new(ErrorCodes.UnrecognizedClient, "The security token included in the request is invalid.", 403);

    public static readonly ApiError InvalidToken = new(
        ErrorCodes.UnrecognizedClient, "The access token is not valid: it has expired, or it has a different issuer or audience.", 403);

    public static readonly ApiError Mismatch = new(
        ErrorCodes.InvalidSignature,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
        403);

    public static readonly ApiError TooManyAttempts = new(ErrorCodes.Throttling, "Too many requests with wrong credentials came from this address. Try again in a few seconds.", 429);

    public static ApiError IssuerUnreachable(string reason) =>
        new(ErrorCodes.ServiceUnavailable, $"The access token cannot be validated, because its issuer cannot be reached. Try again. {reason}", 503);

    public static ApiError Incomplete(string detail) => new(ErrorCodes.IncompleteSignature, $"Authorization header requires {detail}.", 403);

    public static ApiError Expired(string signed, string limit, string now) =>
        new(ErrorCodes.InvalidSignature, $"Signature expired: {signed} is now earlier than {limit} ({now} - 5 min.)", 403);

    public static ApiError NotYetCurrent(string signed, string limit, string now) =>
        new(ErrorCodes.InvalidSignature, $"Signature not yet current: {signed} is still later than {limit} ({now} + 5 min.)", 403);

    public static ApiError Denied(string account, string key, string operation) =>
        new(ErrorCodes.AccessDenied, $"User: arn:aws:iam::{account}:user/{key} is not authorized to perform: states:{operation} because no identity-based policy allows the states:{operation} action", 403);
}

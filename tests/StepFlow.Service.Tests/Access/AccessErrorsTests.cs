using StepFlow.Service.Access;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Tests.Access;

/// <summary>Clients read these texts, and programs look for parts of them: they are AWS's own.</summary>
public sealed class AccessErrorsTests
{
    public static TheoryData<ApiError, string, string, int> Errors { get; } = new()
    {
        { AccessErrors.MissingToken, "MissingAuthenticationTokenException", "Missing Authentication Token", 403 },
        { AccessErrors.UnknownKey, "UnrecognizedClientException", "The security token included in the request is invalid.", 403 },
        {
            AccessErrors.Mismatch,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
            403
        },
        { AccessErrors.TooManyAttempts, "ThrottlingException", "Too many requests with wrong credentials came from this address. Try again in a few seconds.", 429 },
        { AccessErrors.Incomplete("this"), "IncompleteSignatureException", "Authorization header requires this.", 403 },
        { AccessErrors.Expired("1", "2", "3"), "InvalidSignatureException", "Signature expired: 1 is now earlier than 2 (3 - 5 min.)", 403 },
        { AccessErrors.NotYetCurrent("1", "2", "3"), "InvalidSignatureException", "Signature not yet current: 1 is still later than 2 (3 + 5 min.)", 403 },
        {
            AccessErrors.Denied("123456789012", "key", "StartExecution"),
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/key is not authorized to perform: states:StartExecution because no identity-based policy allows the states:StartExecution action",
            403
        },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Error_OfARefusal_IsWordedAsAwsWordsIt(ApiError error, string code, string message, int status) =>
        Assert.Equal(new ApiError(code, message, status), error);
}

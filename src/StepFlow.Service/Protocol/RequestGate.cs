using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StepFlow.Service.Access;
using StepFlow.Service.Errors;
using StepFlow.Service.Operations;

namespace StepFlow.Service.Protocol;

/// <summary>Decides whether a request may call an operation.</summary>
internal sealed class RequestGate(StepFunctionsService service, AccessKeys keys, TimeProvider time)
{
    private readonly SignatureVerifier _verifier = new(keys, time);

    /// <summary>Whether requests have to be signed.</summary>
    public bool IsRequired => keys.IsRequired;

    /// <summary>The caller of a signed request, or why it is refused.</summary>
    public (CallerContext? Caller, ApiError? Refusal) Enter(HttpContext context, byte[] body, string operation)
    {
        AccessDecision decision = BasicCredentials.Read(context.Request) is { } basic
            ? basic.Check(keys)
            : _verifier.Verify(Signed(context, body));
        if (decision.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        if (decision.Key is not { } key)
        {
            return (CallerContext.Internal, null);
        }

        // An unknown operation is told to whoever could sign at all.
        OperationAccess? access = service.AccessOf(operation);
        return access is null || key.Allows(operation, access.Value)
            ? (new CallerContext { AccessKeyId = key.Id }, null)
            : (null, AccessErrors.Denied(service.Options.Account, key.Id, operation));
    }

    private static SignedRequest Signed(HttpContext context, byte[] body)
    {
        HttpRequest request = context.Request;
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? request.Path;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? target : target[..question];
        return new(
            request.Method,
            path,
            question < 0 ? string.Empty : target[(question + 1)..],
            name => request.Headers.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null,
            body);
    }
}

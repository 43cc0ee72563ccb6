using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using StepFlow.Service.Access;
using StepFlow.Service.Errors;
using StepFlow.Service.Operations;

namespace StepFlow.Service.Protocol;

/// <summary>Decides whether a request may call an operation.</summary>
internal sealed partial class RequestGate(StepFunctionsService service, AccessKeys keys, ILogger logger, TimeProvider time)
{
    private readonly SignatureVerifier _verifier = new(keys, time);
    private readonly RefusedAttempts _attempts = new(time);

    /// <summary>Whether requests have to be signed.</summary>
    public bool IsRequired => keys.IsRequired;

    /// <summary>The caller of a signed request, or why it is refused. Wrong credentials are logged, counted, and answered late.</summary>
    public async Task<(CallerContext? Caller, ApiError? Refusal)> EnterAsync(HttpContext context, byte[] body, string operation)
    {
        string address = AddressOf(context);
        if (keys.IsRequired && !_attempts.MayTry(address))
        {
            AccessMetrics.OnRefused(AccessErrors.TooManyAttempts.Code);
            return (null, AccessErrors.TooManyAttempts);
        }

        BasicCredentials? basic = BasicCredentials.Read(context.Request);
        AccessDecision decision = basic?.Check(keys) ?? _verifier.Verify(Signed(context, body));
        if (decision.Refusal is { } refusal)
        {
            // A request without credentials tries none.
            if (refusal != AccessErrors.MissingToken)
            {
                AccessMetrics.OnRefused(refusal.Code);
                int count = await _attempts.RefuseAsync(address, context.RequestAborted);
                Logs.CredentialsRefused(logger, address, KeyId(context, basic), refusal.Code, count);
            }

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

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        IPAddress address => address.ToString(),
    };

    // What is logged is what the caller wrote: only where it looks like a key's id.
    private static string KeyId(HttpContext context, BasicCredentials? basic)
    {
        string id = basic?.Id ?? CredentialInHeader().Match(context.Request.Headers.Authorization.ToString()).Groups[1].Value;
        return PlainId().IsMatch(id) ? id : "of another form";
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

    [GeneratedRegex("Credential=([^/,]*)")]
    private static partial Regex CredentialInHeader();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,128}$")]
    private static partial Regex PlainId();
}

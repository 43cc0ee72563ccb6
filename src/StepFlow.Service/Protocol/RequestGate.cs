using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using StepFlow.Integrations.Signatures;
using StepFlow.Service.Access;
using StepFlow.Service.Operations;

namespace StepFlow.Service.Protocol;

/// <summary>Decides whether a request may call an operation.</summary>
/// <param name="signIn">The sign-in with tokens; null for none.</param>
/// <param name="load">The server's load limits.</param>
/// <param name="logger">The log of wrong credentials.</param>
internal sealed partial class RequestGate(StepFunctionsService service, AccessKeys keys, SignIn? signIn, RequestLoad load, ILogger logger, TimeProvider time)
{
    private readonly SignatureVerifier _verifier = new(keys, time);
    private readonly RefusedAttempts _attempts = new(time);

    /// <summary>Whether requests must prove who the caller is.</summary>
    public bool IsRequired => keys.IsRequired || signIn is not null;

    /// <summary>Whether there are access keys.</summary>
    public bool TakesKeys => keys.IsRequired;

    /// <summary>Reads a request's body and checks its caller. Returns the caller, or the error.</summary>
    public async Task<(byte[] Body, CallerContext? Caller, ApiError? Refusal)> ReadAsync(HttpContext context, string operation)
    {
        (byte[]? body, ApiError? refused) = await RequestBody.ReadAsync(context, load);
        if (body is null)
        {
            return ([], null, refused);
        }

        (CallerContext? caller, ApiError? refusal) = await EnterAsync(context, body, operation);
        return (body, caller, refusal ?? load.CheckStart(context, operation));
    }

    /// <summary>The caller of a signed request or of one with a token, or the error. Wrong credentials are logged and counted, and the response is delayed.</summary>
    public async ValueTask<(CallerContext? Caller, ApiError? Refusal)> EnterAsync(HttpContext context, byte[] body, string operation)
    {
        if (!IsRequired)
        {
            return (CallerContext.Internal, null);
        }

        string address = AddressOf(context);
        if (!_attempts.MayTry(address))
        {
            AccessMetrics.OnRefused(AccessErrors.TooManyAttempts.Code);
            return (null, AccessErrors.TooManyAttempts);
        }

        (ICaller? caller, ApiError? refused) = await IdentifyAsync(context, body);
        if (refused is { } refusal)
        {
            // A request without credentials tries none, and an issuer that is away is not the caller's fault.
            if (refusal != AccessErrors.MissingToken && refusal.Status < StatusCodes.Status500InternalServerError)
            {
                AccessMetrics.OnRefused(refusal.Code);
                int count = await _attempts.RefuseAsync(address, context.RequestAborted);
                ServiceLogs.CredentialsRefused(logger, address, KeyId(context), refusal.Code, count);
            }

            return (null, refusal);
        }

        if (caller is null)
        {
            return (CallerContext.Internal, null);
        }

        // Every caller with valid credentials learns that an operation is unknown.
        OperationAccess? access = service.AccessOf(operation);
        return access is null || caller.Allows(operation, access.Value)
            ? (new CallerContext { Name = caller.Name }, null)
            : (null, AccessErrors.Denied(service.Options.Account, caller.Name, operation));
    }

    /// <summary>The caller of a request; null if anybody may call.</summary>
    private async Task<AccessDecision> IdentifyAsync(HttpContext context, byte[] body)
    {
        if (signIn is not null && await signIn.ReadAsync(context.Request, context.RequestAborted) is { } signedIn)
        {
            return signedIn;
        }

        if (!keys.IsRequired)
        {
            return new(null, signIn is null ? null : AccessErrors.MissingToken);
        }

        return BasicCredentials.Read(context.Request)?.Check(keys) ?? _verifier.Verify(Signed(context, body));
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        IPAddress address => address.ToString(),
    };

    // The text comes from the caller. It is only logged if it has the form of a key's id.
    private static string KeyId(HttpContext context)
    {
        string id = BasicCredentials.Read(context.Request)?.Id ?? CredentialInHeader().Match(context.Request.Headers.Authorization.ToString()).Groups[1].Value;
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

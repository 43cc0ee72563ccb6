using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Access;

/// <summary>How people and apps sign in besides access keys: with tokens of an OpenID Connect issuer, such as Entra ID, and on Azure by App Service authentication.</summary>
public sealed class SignIn
{
    private const string Scheme = "Bearer ";

    private readonly BearerTokens _tokens;
    private readonly bool _platform;
    private readonly IReadOnlyDictionary<string, CallerRole> _roles;

    /// <param name="issuer">The issuer of tokens.</param>
    /// <param name="audience">Whom tokens must be for.</param>
    /// <param name="roles">The names of the roles in tokens.</param>
    /// <param name="trustsPlatform">Whether the platform authenticates callers and names them in a header.</param>
    internal SignIn(Uri issuer, string audience, IReadOnlyDictionary<string, CallerRole> roles, bool trustsPlatform) =>
        (_tokens, _roles, _platform) = (new(issuer, audience), roles, trustsPlatform);

    /// <summary>The caller of a request; null if the request has neither a token nor the platform's header.</summary>
    internal async Task<AccessDecision?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return Decide(await _tokens.ReadAsync(authorization[Scheme.Length..].Trim(), cancellationToken));
            }
            catch (InvalidOperationException outage)
            {
                return new AccessDecision(null, AccessErrors.IssuerUnreachable(outage.InnerException?.Message ?? outage.Message));
            }
        }

        return _platform && request.Headers[PlatformPrincipal.Header].ToString() is { Length: > 0 } principal ? Decide(PlatformPrincipal.Read(principal)) : null;
    }

    private AccessDecision Decide(IReadOnlyCollection<Claim>? claims) =>
        claims is null ? new(null, AccessErrors.InvalidToken) : new(SignedInCaller.From(claims, _roles), null);
}

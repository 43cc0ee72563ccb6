using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace StepFlow.Service.Access;

/// <summary>
/// Checks access tokens (RFC 9068, OpenID Connect Discovery): issued by one issuer, for one audience, signed with one of the
/// issuer's keys, in time. The issuer's keys are fetched when they are needed, and again when a token names an unknown one.
/// </summary>
internal sealed class BearerTokens
{
    // Only asymmetric algorithms: with a shared secret, a signature does not prove who issued a token.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _issuer;
    private readonly TokenValidationParameters _demands;

    /// <param name="issuer">The issuer: its description is at <c>/.well-known/openid-configuration</c> below.</param>
    /// <param name="audience">Whom tokens must be for.</param>
    public BearerTokens(Uri issuer, string audience)
    {
        _issuer = new(
            issuer.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = !issuer.IsLoopback });
        _demands = new()
        {
            ConfigurationManager = _issuer,
            ValidIssuer = issuer.OriginalString,
            ValidAudience = audience,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
    }

    /// <summary>The claims of a token; null where it is not valid.</summary>
    /// <exception cref="InvalidOperationException">The issuer cannot be reached.</exception>
    public async Task<IReadOnlyCollection<Claim>?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        // By itself the handler would take an issuer that cannot be reached for one without keys, and refuse the token.
        await _issuer.GetConfigurationAsync(cancellationToken);
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, _demands);
        return result.IsValid ? [.. result.ClaimsIdentity.Claims] : null;
    }
}

using Azure.Core;

namespace StepFlow.Integrations.Tests;

/// <summary>Returns a token that contains the requested scope.</summary>
internal sealed class FakeCredential : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new("token of " + string.Join(' ', requestContext.Scopes), DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}

using Azure.Core;
using StepFlow.Integrations.Identities;
using StepFlow.Integrations.Secrets;

namespace StepFlow.Integrations.Sql;

/// <summary>Who signs in to databases: passwords that are secrets of the settings, and access tokens of identities.</summary>
internal sealed class SqlAccess(SecretStore secrets, IdentityCredentials credentials)
{
    /// <summary>The password that a setting names.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read; the message does not contain it.</exception>
    public async Task<string> PasswordAsync(string secret, CancellationToken cancellationToken) =>
        (await secrets.FindAsync(secret, cancellationToken))?.Text
        ?? throw new InvalidOperationException($"The secret '{secret}' is not known. Add the setting 'StepFlow:Secrets:{secret}:Value' or 'StepFlow:Secrets:{secret}:KeyVaultUrl'.");

    /// <summary>An access token of an identity.</summary>
    /// <param name="identity">The identity; null for that of the host.</param>
    public async Task<AccessToken> TokenAsync(string? identity, string scope, CancellationToken cancellationToken) =>
        await credentials.Of(identity).GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
}

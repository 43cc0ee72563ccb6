using Azure.Core;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Identities;

/// <summary>The Cosmos DB accounts that tasks reach with the identities that their <c>Credentials</c> choose.</summary>
/// <param name="credentials">What signs in for them.</param>
/// <param name="own">The settings of the host's account. They are read when they are needed.</param>
internal sealed class IdentityCosmos(TaskIdentities identities, IdentityCredentials credentials, Func<CosmosOptions> own)
{
    /// <summary>The account of a task's identity, and its credential. Null if the task chooses none, or one that accesses the host's account as the host does.</summary>
    public (string Identity, CosmosOptions Options, TokenCredential Credential)? Of(TaskCall call)
    {
        string? name = identities.NameOf(call);
        CosmosOptions? cosmos = identities.Find(name) switch
        {
            { Cosmos: { IsConfigured: true } other } => other,
            not null when credentials.IsOther(name) && own() is { Endpoint: not null } same => same,
            _ => null,
        };
        return cosmos is null ? null : (name!, cosmos, credentials.Of(name));
    }
}

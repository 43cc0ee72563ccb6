using StepFlow.Integrations.Storage;
using StepFlow.Integrations.Tables;

namespace StepFlow.Integrations.Identities;

/// <summary>
/// Whom a task calls as, where its state has <c>Credentials</c>. The identity's name is that of the role: of
/// <c>arn:aws:iam::…:role/billing</c> it is <c>billing</c>. Settings: <c>StepFlow:Identities:NAME:…</c>. A role without an identity
/// changes nothing.
/// </summary>
public sealed class IdentityOptions
{
    /// <summary>The connection of <c>Http:Connections</c> that authorises calls of REST APIs, instead of the API's own connection. Null for that connection.</summary>
    public string? Connection { get; set; }

    /// <summary>The account of <c>Aws</c> for calls of AWS services, instead of the account in <c>Resources</c>. Null for that account.</summary>
    public string? Aws { get; set; }

    /// <summary>The client id of a user-assigned managed identity that signs in to blobs, queues, tables and Service Bus, where no connection string does. Null for the host's own identity.</summary>
    public string? ClientId { get; set; }

    /// <summary>The storage account of blobs and queues, instead of <c>Storage</c>. Nothing for that account.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>The Cosmos DB account of tables, instead of the host's own tables. Nothing for those.</summary>
    public CosmosOptions Cosmos { get; init; } = new();
}

namespace StepFlow.Integrations.Storage;

/// <summary>
/// The Azure Storage account of blobs and queues. Settings: <c>StepFlow:Storage:…</c>. Either a connection string (also
/// Azurite's <c>UseDevelopmentStorage=true</c>), or the account's name or endpoints, which are then used with the managed identity.
/// </summary>
public sealed class StorageOptions
{
    /// <summary>A connection string; null to use <see cref="AccountName"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's name; null to use <see cref="ConnectionString"/>.</summary>
    public string? AccountName { get; set; }

    /// <summary>The blob endpoint, where it is not <c>https://ACCOUNT.blob.core.windows.net</c>.</summary>
    public Uri? BlobEndpoint { get; set; }

    /// <summary>The queue endpoint, where it is not <c>https://ACCOUNT.queue.core.windows.net</c>.</summary>
    public Uri? QueueEndpoint { get; set; }

    /// <summary>Whether an account is configured.</summary>
    public bool IsConfigured => ConnectionString is not null || AccountName is not null || BlobEndpoint is not null;
}

using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace StepFlow.Integrations.Storage;

/// <summary>Clients of the configured storage account.</summary>
/// <param name="settings">The account's settings. They are only read when they are needed, because their validation may itself need clients.</param>
/// <param name="credential">The managed identity.</param>
public sealed class StorageClients(Func<StorageOptions> settings, TokenCredential credential)
{
    // A version of the API that Azurite 3.35 also supports.
    private const BlobClientOptions.ServiceVersion BlobVersion = BlobClientOptions.ServiceVersion.V2023_01_03;

    private readonly Lazy<BlobServiceClient> _blobs = new(() => CreateBlobs(settings(), credential));

    /// <summary>Whether an account is configured.</summary>
    public bool IsConfigured => settings().IsConfigured;

    public BlobServiceClient Blobs => _blobs.Value;

    /// <summary>The queue service, for messages that Azure Functions read (Base64) or anybody (plain).</summary>
    public QueueServiceClient Queues(QueueMessageEncoding encoding)
    {
        StorageOptions options = settings();
        var clientOptions = new QueueClientOptions { MessageEncoding = encoding };
        return options.ConnectionString is { } connection
            ? new(connection, clientOptions)
            : new(options.QueueEndpoint ?? new Uri($"https://{options.AccountName}.queue.core.windows.net"), credential, clientOptions);
    }

    private static BlobServiceClient CreateBlobs(StorageOptions options, TokenCredential credential)
    {
        var clientOptions = new BlobClientOptions(BlobVersion);
        return options.ConnectionString is { } connection
            ? new(connection, clientOptions)
            : new(options.BlobEndpoint ?? new Uri($"https://{options.AccountName}.blob.core.windows.net"), credential, clientOptions);
    }
}

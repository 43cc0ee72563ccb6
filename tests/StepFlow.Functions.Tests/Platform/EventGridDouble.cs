using System.Net.Http.Json;
using Azure.Storage.Blobs;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>Reports blobs to the Functions host as an Event Grid subscription does: by POST to the endpoint of the blob extension, with its key.</summary>
/// <param name="host">Where the host listens.</param>
/// <param name="storage">The host's storage account, in which it keeps its keys.</param>
internal sealed class EventGridDouble(Uri host, BlobServiceClient storage) : IDisposable
{
    private const string Keys = "azure-webjobs-secrets";
    private const string KeyName = "blobs_extension";
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new() { BaseAddress = host };

    public void Dispose() => _http.Dispose();

    /// <summary>Reports a blob to a function.</summary>
    public async Task ReportAsync(string function, BlobClient blob, CancellationToken cancellationToken)
    {
        string key = await KeyAsync(cancellationToken);
        var occurrence = new
        {
            id = Guid.NewGuid().ToString(),
            topic = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/" + blob.AccountName,
            subject = $"/blobServices/default/containers/{blob.BlobContainerName}/blobs/{blob.Name}",
            eventType = "Microsoft.Storage.BlobCreated",
            eventTime = DateTimeOffset.UtcNow,
            dataVersion = string.Empty,
            metadataVersion = "1",
            data = new { api = "PutBlob", contentType = "text/plain", blobType = "BlockBlob", url = blob.Uri.ToString() },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"runtime/webhooks/blobs?functionName=Host.Functions.{function}&code={Uri.EscapeDataString(key)}")
        {
            Content = JsonContent.Create(new[] { occurrence }),
        };
        request.Headers.Add("aeg-event-type", "Notification");
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    /// <summary>The key, as soon as the host has made it.</summary>
    private async Task<string> KeyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            BlobContainerClient container = storage.GetBlobContainerClient(Keys);
            if (await container.ExistsAsync(cancellationToken))
            {
                await foreach (Azure.Storage.Blobs.Models.BlobItem item in container.GetBlobsAsync(cancellationToken: cancellationToken))
                {
                    if (item.Name.EndsWith("/host.json", StringComparison.Ordinal) && Find(await TextAsync(container, item.Name, cancellationToken)) is { } key)
                    {
                        return key;
                    }
                }
            }

            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    private static async Task<string> TextAsync(BlobContainerClient container, string name, CancellationToken cancellationToken) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();

    private static string? Find(string secrets) =>
        ((JsonObject)JsonValue.Parse(secrets))["systemKeys"] is JsonArray keys
            ? keys.Cast<JsonObject>().FirstOrDefault(static key => key.Text("name") == KeyName)?.Text("value")
            : null;
}

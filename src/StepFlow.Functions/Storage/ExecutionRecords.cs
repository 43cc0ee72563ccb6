using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Storage;

/// <summary>
/// The records of executions: a blob each, created before its orchestration is scheduled. Creating it claims the
/// execution's name for good; the back ends' own deduplication differs and replaces instances that have ended.
/// </summary>
internal sealed class ExecutionRecords(BlobContainerClient container)
{
    /// <summary>Creates a record. False where there is one of this ARN already; nothing was changed then.</summary>
    public async Task<bool> TryCreateAsync(string executionArn, JsonObject record, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(executionArn).UploadAsync(
                BinaryData.FromBytes(record.ToUtf8()), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>A record and its ETag; null where there is none.</summary>
    public async Task<(JsonObject Record, ETag ETag)?> FindAsync(string executionArn, CancellationToken cancellationToken)
    {
        try
        {
            Response<BlobDownloadResult> response = await Blob(executionArn).DownloadContentAsync(cancellationToken);
            return ((JsonObject)JsonValue.Parse(response.Value.Content.ToMemory().Span), response.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Changes a record, however many others change it at the same time.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="change">Makes the new record of the present one; the same where nothing is to be changed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The record as it is afterwards; null where there is none.</returns>
    public async Task<JsonObject?> ChangeAsync(string executionArn, Func<JsonObject, JsonObject> change, CancellationToken cancellationToken)
    {
        while (await FindAsync(executionArn, cancellationToken) is var (record, etag))
        {
            JsonObject changed = change(record);
            if (ReferenceEquals(changed, record))
            {
                return record;
            }

            try
            {
                await Blob(executionArn).UploadAsync(
                    BinaryData.FromBytes(changed.ToUtf8()), new BlobUploadOptions { Conditions = new() { IfMatch = etag } }, cancellationToken);
                return changed;
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                // Somebody else was faster: apply the change to what is there now.
            }
        }

        return null;
    }

    /// <summary>Removes a record.</summary>
    public Task DeleteAsync(string executionArn, CancellationToken cancellationToken) =>
        Blob(executionArn).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private BlobClient Blob(string executionArn) => container.GetBlobClient(executionArn);
}

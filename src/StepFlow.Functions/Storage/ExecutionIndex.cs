using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Execution;
using StepFlow.Service.Ports;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Which executions there are, newest first: an empty blob each, whose name sorts by machine and by how long ago it
/// started. Blob listings are in the order of names, and their continuation tokens outlive the app.
/// </summary>
internal sealed class ExecutionIndex(BlobContainerClient container)
{
    private const string ArnName = "arn";
    private const string QualifierName = "qualifier";

    /// <summary>Adds an execution.</summary>
    public Task CreateAsync(ExecutionStart start, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [ArnName] = Uri.EscapeDataString(start.ExecutionArn) };
        if ((start.StateMachineAliasArn ?? start.StateMachineVersionArn) is { } qualifier)
        {
            metadata[QualifierName] = Uri.EscapeDataString(qualifier);
        }

        return container.GetBlobClient(Name(start)).UploadAsync(BinaryData.FromString(string.Empty), new BlobUploadOptions { Metadata = metadata }, cancellationToken);
    }

    /// <summary>A page of executions.</summary>
    public async Task<(IReadOnlyList<IndexEntry> Entries, string? Next)> ListAsync(ExecutionQuery query, string? after, int count, CancellationToken cancellationToken)
    {
        string prefix = (query.MapRunArn ?? query.StateMachineArn) is { } scope ? scope + "/" : string.Empty;
        IAsyncEnumerable<Azure.Page<BlobItem>> pages = container
            .GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken)
            .AsPages(after, Math.Clamp(count, 1, 1000));
        await foreach (Azure.Page<BlobItem> page in pages)
        {
            IReadOnlyList<IndexEntry> entries = [.. page.Values.Select(Entry)];
            return (entries, string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return ([], null);
    }

    /// <summary>Removes an execution.</summary>
    public Task DeleteAsync(ExecutionStart start, CancellationToken cancellationToken) =>
        container.GetBlobClient(Name(start)).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private static IndexEntry Entry(BlobItem blob) => new(
        Uri.UnescapeDataString(blob.Metadata[ArnName]),
        blob.Metadata.TryGetValue(QualifierName, out string? qualifier) ? Uri.UnescapeDataString(qualifier) : null);

    private static string Name(ExecutionStart start) => string.Create(
        CultureInfo.InvariantCulture,
        $"{start.MapRunArn ?? start.StateMachineArn}/{DateTimeOffset.MaxValue.UtcTicks - start.StartTime.UtcTicks:D19}-{start.Name}");
}

/// <summary>An execution in the index.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="Qualifier">The version or alias it was started through; null for neither.</param>
internal sealed record IndexEntry(string ExecutionArn, string? Qualifier)
{
    /// <summary>Whether a query wants it, as far as the index can tell.</summary>
    public bool Matches(ExecutionQuery query) => query.QualifiedArn is null || query.QualifiedArn == Qualifier;
}

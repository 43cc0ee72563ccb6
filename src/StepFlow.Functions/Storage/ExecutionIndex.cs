using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace StepFlow.Functions.Storage;

/// <summary>
/// Which executions there are, newest first: an empty blob each, whose name sorts by machine and by how long ago it
/// started. Blob listings are in the order of names, and their continuation tokens outlive the app.
/// </summary>
internal sealed class ExecutionIndex(BlobContainerClient container)
{
    private const string ArnName = "arn";
    private const string QualifierName = "qualifier";
    private const string ChildrenFolder = "children/";

    /// <summary>The prefix of the scopes of all executions, which are ARNs.</summary>
    private const string Everything = "arn:";

    /// <summary>Distinguishes executions that one process starts at the same time.</summary>
    private static long s_started;

    /// <summary>A new key for an execution.</summary>
    public static string Key(ExecutionStart start) => string.Create(
        CultureInfo.InvariantCulture,
        $"{start.MapRunArn ?? start.StateMachineArn}/{DateTimeOffset.MaxValue.UtcTicks - start.StartTime.UtcTicks:D19}-{uint.MaxValue - (uint)Interlocked.Increment(ref s_started):D10}-{start.Name}");

    /// <summary>Adds an execution. Adding it again changes nothing.</summary>
    public async Task AddAsync(string key, ExecutionStart start, string? parentArn, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [ArnName] = Uri.EscapeDataString(start.ExecutionArn) };
        if ((start.StateMachineAliasArn ?? start.StateMachineVersionArn) is { } qualifier)
        {
            metadata[QualifierName] = Uri.EscapeDataString(qualifier);
        }

        await CreateAsync(key, metadata, cancellationToken);
        if (parentArn is not null)
        {
            await CreateAsync(ChildName(parentArn, start.ExecutionArn), metadata, cancellationToken);
        }
    }

    public async Task<(IReadOnlyList<IndexEntry> Entries, string? Next)> ListAsync(ExecutionQuery query, string? after, int count, CancellationToken cancellationToken)
    {
        string prefix = (query.MapRunArn ?? query.StateMachineArn) is { } scope ? scope + "/" : Everything;
        await foreach (Azure.Page<BlobItem> page in container
            .GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken)
            .AsPages(after, Math.Clamp(count, 1, 1000)))
        {
            return ([.. page.Values.Select(Entry)], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return ([], null);
    }

    public async IAsyncEnumerable<IndexEntry> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, Everything, cancellationToken))
        {
            yield return Entry(blob);
        }
    }

    /// <summary>The executions that an execution started.</summary>
    public async Task<IReadOnlyList<string>> ChildrenAsync(string parentArn, CancellationToken cancellationToken)
    {
        var children = new List<string>();
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, ChildName(parentArn, string.Empty), cancellationToken))
        {
            children.Add(Entry(blob).ExecutionArn);
        }

        return children;
    }

    public async Task RemoveAsync(string key, string executionArn, string? parentArn, CancellationToken cancellationToken)
    {
        await container.GetBlobClient(key).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        if (parentArn is not null)
        {
            await container.GetBlobClient(ChildName(parentArn, executionArn)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private static string ChildName(string parentArn, string executionArn) => ChildrenFolder + parentArn + "/" + executionArn;

    private static IndexEntry Entry(BlobItem blob) => new(
        blob.Name,
        Uri.UnescapeDataString(blob.Metadata[ArnName]),
        blob.Metadata.TryGetValue(QualifierName, out string? qualifier) ? Uri.UnescapeDataString(qualifier) : null);

    private async Task CreateAsync(string name, Dictionary<string, string> metadata, CancellationToken cancellationToken) =>
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(string.Empty), new BlobUploadOptions { Metadata = metadata }, cancellationToken);
}

namespace StepFlow.Runtime.MapRuns;

/// <summary>The objects of a listing as items (ListObjectsV2), or the items in them (<c>Transformation</c>: <c>LOAD_AND_FLATTEN</c>).</summary>
/// <param name="files">Reads the items in them.</param>
/// <param name="config">How they are read.</param>
internal sealed class ListedItems(RepeatedObjectStore objects, ItemFiles files, ReaderConfig config, ItemSink items)
{
    /// <summary>Reads the items, from the sink's position on.</summary>
    public async Task ReadAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        string? page = items.File.Page;
        string? from = items.File.Key;
        do
        {
            ObjectPage listed = await objects.ListAsync(bucket, prefix, page, cancellationToken);
            foreach (ObjectSummary summary in listed.Objects)
            {
                int order = from is null ? 1 : string.CompareOrdinal(summary.Key, from);
                if (order < 0)
                {
                    continue;
                }

                if (items.IsFull)
                {
                    return;
                }

                if (order > 0)
                {
                    RefuseDeleted(bucket, from);
                    items.Begin(new ItemFile { Page = page, Key = summary.Key }, default);
                }

                from = null;
                await ReadAsync(bucket, summary, cancellationToken);
            }

            page = listed.Next;
        }
        while (page is not null);
    }

    /// <summary>Fails if a reading should continue in an object that no longer exists.</summary>
    private void RefuseDeleted(string bucket, string? from)
    {
        if (from is not null && (items.Record != default || items.File.Version is not null))
        {
            throw new ObjectStoreException(MapRunErrors.NoSuchKey(new(bucket, from)));
        }
    }

    private async Task ReadAsync(string bucket, ObjectSummary summary, CancellationToken cancellationToken)
    {
        if (config.Transformation == "LOAD_AND_FLATTEN")
        {
            await files.ReadAsync(new(bucket, summary.Key), config.InputType, items, cancellationToken);
            return;
        }

        items.Add(null, ToItem(summary), $"s3://{bucket}", summary.Key.Length);
        await items.FlushAsync(cancellationToken);
    }

    private static JsonObject ToItem(ObjectSummary summary) => JsonObject.Create(
        ("Etag", summary.ETag),
        ("Key", summary.Key),
        ("LastModified", summary.LastModified.ToUnixTimeSeconds()),
        ("Size", summary.Size),
        ("StorageClass", summary.StorageClass));
}

using StepFlow.Runtime.Documents;

namespace StepFlow.Runtime.MapRuns;

/// <summary>Stores Map Runs as documents: by the execution that runs them, and by their own ARN.</summary>
public sealed class MapRunStore(IDocumentStore documents)
{
    /// <summary>The collection of the runs, by keys of <see cref="Prefix"/> and the run's ARN.</summary>
    public const string Collection = "map-runs";

    /// <summary>The collection that leads from a run's ARN to its key in <see cref="Collection"/>.</summary>
    public const string KeyCollection = "map-run-keys";

    /// <summary>The runs, by keys that begin with <see cref="Prefix"/> of their execution.</summary>
    public DocumentCollection<MapRunRecord> ByExecution { get; } = new(documents, Collection, MapRunRecord.FromJson, static record => record.ToJson());

    public async Task<MapRunRecord?> FindAsync(string mapRunArn, CancellationToken cancellationToken) =>
        (await documents.FindAsync(KeyCollection, mapRunArn, cancellationToken))?.Value is JsonString { Value: var key }
            ? (await ByExecution.FindAsync(key, cancellationToken))?.Value
            : null;

    /// <summary>The run of an Express child that was added with <see cref="AddChildrenAsync"/>; null if there is none.</summary>
    public async Task<MapRunRecord?> FindByChildAsync(string executionArn, CancellationToken cancellationToken) =>
        MapRunNames.ExpressChildPrefixOf(executionArn) is { } prefix ? await FindAsync(prefix, cancellationToken) : null;

    /// <summary>Makes the Express children of a run lead to it.</summary>
    public async Task AddChildrenAsync(MapRunRecord record, CancellationToken cancellationToken) =>
        await documents.WriteAsync(KeyCollection, MapRunNames.ExpressChildPrefix(record.Arn), Prefix(record.ExecutionArn) + record.Arn, null, cancellationToken);

    /// <summary>Stores a run. If it exists, changes it.</summary>
    /// <param name="record">The run, where it is new.</param>
    /// <param name="change">Makes the new record from the stored one.</param>
    public async Task SaveAsync(MapRunRecord record, Func<MapRunRecord, MapRunRecord> change, CancellationToken cancellationToken)
    {
        string key = Prefix(record.ExecutionArn) + record.Arn;
        if (await ByExecution.ChangeAsync(key, change, cancellationToken) is not null)
        {
            return;
        }

        // The document with the key is written first, so that every stored run can be found.
        await documents.WriteAsync(KeyCollection, record.Arn, key, null, cancellationToken);
        if (!await ByExecution.CreateAsync(key, record, cancellationToken))
        {
            await ByExecution.ChangeAsync(key, change, cancellationToken);
        }
    }

    /// <summary>Removes the runs of an execution.</summary>
    public async Task DeleteAsync(string executionArn, CancellationToken cancellationToken)
    {
        const int PageSize = 100;
        IReadOnlyList<KeyValuePair<string, MapRunRecord>> found;
        do
        {
            found = await ByExecution.ListAsync(Prefix(executionArn), null, PageSize, cancellationToken);
            foreach ((string key, MapRunRecord run) in found)
            {
                foreach (string name in (string[])[run.Arn, MapRunNames.ExpressChildPrefix(run.Arn)])
                {
                    if (await documents.FindAsync(KeyCollection, name, cancellationToken) is { } way)
                    {
                        await documents.DeleteAsync(KeyCollection, name, way.Version, cancellationToken);
                    }
                }

                await ByExecution.DeleteAsync(key, cancellationToken);
            }
        }
        while (found.Count == PageSize);
    }

    /// <summary>The prefix of the keys of an execution's runs.</summary>
    public static string Prefix(string executionArn) => executionArn + " ";
}

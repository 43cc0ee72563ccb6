namespace StepFlow.Integrations.Tables;

/// <summary>A table that workflows may use. Settings: <c>StepFlow:Tables:NAME:…</c>.</summary>
public sealed class TableOptions
{
    /// <summary>The attribute that is the partition key. Required.</summary>
    public string? PartitionKey { get; set; }

    /// <summary>The attribute that is the sort key; null for none.</summary>
    public string? SortKey { get; set; }

    /// <summary>The table's secondary indexes, by name. A query of one reads the whole table: they are for tables of some thousand items.</summary>
    public IDictionary<string, TableIndexOptions> Indexes { get; init; } = new Dictionary<string, TableIndexOptions>(StringComparer.Ordinal);
}

/// <summary>A secondary index: other keys to query a table by. Items without them are not in it. Settings: <c>StepFlow:Tables:NAME:Indexes:NAME:…</c>.</summary>
public sealed class TableIndexOptions
{
    /// <summary>The attribute that is the index's partition key. Required.</summary>
    public string? PartitionKey { get; set; }

    /// <summary>The attribute that is the index's sort key; null for none.</summary>
    public string? SortKey { get; set; }
}

/// <summary>The Cosmos DB account of <c>azure:cosmos</c>, which also keeps tables on Azure. Settings: <c>StepFlow:Cosmos:…</c>. Each table is a container whose partition key path is <c>/pk</c>, with its time to live on and no default (<c>defaultTtl: -1</c>), so that the outcomes of calls expire.</summary>
public sealed class CosmosOptions
{
    /// <summary>The account's endpoint, used with the managed identity; null to use <see cref="ConnectionString"/>, or no Cosmos DB.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>A connection string; null to use <see cref="Endpoint"/>, or no Cosmos DB.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The database of tables, and of tasks that name none. By default <c>stepflow</c>.</summary>
    public string Database { get; set; } = "stepflow";

    /// <summary>Whether all requests go to the account's endpoint over HTTPS (gateway mode), for networks that allow nothing else. By default they go to the partitions over TCP (direct mode).</summary>
    public bool Gateway { get; set; }

    /// <summary>Whether an account is configured.</summary>
    public bool IsConfigured => Endpoint is not null || ConnectionString is not null;
}

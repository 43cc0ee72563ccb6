namespace StepFlow.Local.Journal;

/// <summary>Changes of the table of documents. Each returns whether its condition was met.</summary>
internal sealed class DocumentStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _insert = prepare("INSERT OR IGNORE INTO documents(collection, key, version, value) VALUES(?,?,?,?)");
    private readonly SqliteStatement _update = prepare("UPDATE documents SET version=?3, value=?4 WHERE collection=?1 AND key=?2 AND version=?5");
    private readonly SqliteStatement _delete = prepare("DELETE FROM documents WHERE collection=?1 AND key=?2 AND version=?3");

    public bool Insert(string collection, string key, long version, ReadOnlySpan<byte> value) =>
        _insert.Bind(1, collection).Bind(2, key).Bind(3, version).Bind(4, value).RunForChanges() == 1;

    public bool Update(string collection, string key, long version, ReadOnlySpan<byte> value, long expected) =>
        _update.Bind(1, collection).Bind(2, key).Bind(3, version).Bind(4, value).Bind(5, expected).RunForChanges() == 1;

    public bool Delete(string collection, string key, long expected) =>
        _delete.Bind(1, collection).Bind(2, key).Bind(3, expected).RunForChanges() == 1;
}

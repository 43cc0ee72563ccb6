namespace StepFlow.Local.Journal;

/// <summary>Changes of the items of tables. Each says whether its condition held.</summary>
internal sealed class ItemStatements(Func<string, SqliteStatement> prepare)
{
    private readonly SqliteStatement _insert = prepare("INSERT OR IGNORE INTO items(name, partition, sort, version, written_by, item) VALUES(?,?,?,?,?,?)");

    private readonly SqliteStatement _update = prepare("""
        UPDATE items SET version=?4, written_by=?5, item=?6 WHERE name=?1 AND partition=?2 AND sort=?3 AND version=?7
        """);

    private readonly SqliteStatement _delete = prepare("DELETE FROM items WHERE name=? AND partition=? AND sort=? AND version=?");

    public bool Insert(string table, string partition, string sort, long version, string writtenBy, ReadOnlySpan<byte> item) =>
        Bind(_insert, table, partition, sort, version, writtenBy, item).RunForChanges() == 1;

    public bool Update(string table, string partition, string sort, long version, string writtenBy, ReadOnlySpan<byte> item, long expected) =>
        Bind(_update, table, partition, sort, version, writtenBy, item).Bind(7, expected).RunForChanges() == 1;

    public bool Delete(string table, string partition, string sort, long expected) =>
        _delete.Bind(1, table).Bind(2, partition).Bind(3, sort).Bind(4, expected).RunForChanges() == 1;

    private static SqliteStatement Bind(
        SqliteStatement statement, string table, string partition, string sort, long version, string writtenBy, ReadOnlySpan<byte> item) =>
        statement.Bind(1, table).Bind(2, partition).Bind(3, sort).Bind(4, version).Bind(5, writtenBy).Bind(6, item);
}

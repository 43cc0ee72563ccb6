using System.Collections.Frozen;

namespace StepFlow.Integrations.Sql;

/// <summary>The databases of the settings.</summary>
internal sealed class SqlDatabases(IEnumerable<KeyValuePair<string, SqlOptions>> options, SqlAccess access) : IDisposable
{
    private readonly FrozenDictionary<string, SqlDatabase> _databases =
        options.ToFrozenDictionary(static pair => pair.Key, pair => Create(pair.Key, pair.Value, access), StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Names => _databases.Keys;

    public SqlDatabase? Find(string name) => _databases.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (SqlDatabase database in _databases.Values)
        {
            database.Dispose();
        }
    }

    private static SqlDatabase Create(string name, SqlOptions options, SqlAccess access) => options.Provider switch
    {
        SqlProvider.SqlServer => new SqlServerDatabase(name, options, access),
        SqlProvider.PostgreSql => new PostgreSqlDatabase(name, options, access),
        _ => new SqliteDatabase(name, options, access),
    };
}

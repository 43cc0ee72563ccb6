namespace StepFlow.Integrations.Sql;

/// <summary>Which database a connection reaches.</summary>
public enum SqlProvider
{
    /// <summary>A SQLite file of this machine (Microsoft.Data.Sqlite).</summary>
    Sqlite,

    /// <summary>SQL Server or Azure SQL (Microsoft.Data.SqlClient).</summary>
    SqlServer,

    /// <summary>PostgreSQL or Azure Database for PostgreSQL (Npgsql).</summary>
    PostgreSql,
}

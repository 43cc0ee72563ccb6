using System.Net;
using System.Net.Sockets;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Sql;

/// <summary><c>azure:sql:execute</c> on PostgreSQL: on the server that <c>STEPFLOW_POSTGRES</c> names by a connection string without its password, which is in <c>STEPFLOW_POSTGRES_PASSWORD</c>.</summary>
public sealed class PostgreSqlTests
{
    private const string Execute = "azure:sql:execute";

    [Fact]
    public async Task Execute_Rows_HaveTheTypesOfTheirColumns()
    {
        await using TestIntegrations integrations = Connect();

        JsonObject result = await integrations.CompleteAsync(Execute, """
            {"Connection":"db","Statement":"SELECT @i + 1 AS i, @n::numeric(6,2) AS n, @b AS b, @t::text AS t, @d::date AS d, @z::timestamptz AS z, @j::jsonb AS j, @u::uuid AS u, @x AS x, ARRAY[1,2] AS a, 1.5::float8 AS f, NULL::int AS e, @at::timestamp AS at",
             "Parameters":{"i":1,"n":12.5,"b":true,"t":"it's","d":"2026-02-03","z":"2026-02-03T04:05:06.5+01:00","j":"{\"k\":[1]}","u":"00000000-0000-0000-0000-000000000001","x":{"Base64":"AQID"},"at":"2026-02-03 04:05:06"}}
            """);

        Assert.Equal(
            """[{"i":2,"n":12.50,"b":true,"t":"it's","d":"2026-02-03","z":"2026-02-03T03:05:06.5Z","j":{"k":[1]},"u":"00000000-0000-0000-0000-000000000001","x":"AQID","a":[1,2],"f":1.5,"e":null,"at":"2026-02-03T04:05:06"}]""",
            result["Rows"]!.ToString());
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (1)", "Sql.ConstraintViolation")]
    [InlineData("SELECT * FROM gone", "Sql.InvalidStatement")]
    [InlineData("SELECT @missing", "Sql.InvalidStatement")]
    [InlineData("SELECT 'x'::int", "Sql.InvalidValue")]
    [InlineData("SELECT 1/0", "Sql.InvalidValue")]
    [InlineData("SELECT pg_read_file('/etc/passwd') FROM pg_roles WHERE false; RAISE", "Sql.InvalidStatement")]
    public async Task Failures_HaveANameAndChangeNothing(string statement, string error)
    {
        await using TestIntegrations integrations = Connect();
        JsonObject arguments = JsonObject.Create(("Connection", "db"), ("Statements", JsonArray.Create(
            JsonObject.Create(("Statement", "CREATE TEMPORARY TABLE t (id int PRIMARY KEY) ON COMMIT DROP")),
            JsonObject.Create(("Statement", "INSERT INTO t VALUES (1)")),
            JsonObject.Create(("Statement", statement)))));

        TaskRejected rejected = await integrations.RejectAsync(Execute, arguments.ToString());

        Assert.Equal(error, rejected.Error);
        Assert.EndsWith("Nothing was changed.", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_ThatIsTheVictimOfADeadlock_IsAnOutage()
    {
        await using TestIntegrations integrations = Connect();

        var outage = await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync(Execute, """{"Connection":"db","Statement":"DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$"}"""));

        Assert.StartsWith("The SQL connection 'db' rolled the statements back in favour of another transaction: ", outage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_AWrongPassword_IsNamed_AndNeverShown()
    {
        await using TestIntegrations integrations = Connect("hunter2");

        TaskRejected rejected = await integrations.RejectAsync(Execute, """{"Connection":"db","Statement":"SELECT 1"}""");

        Assert.Equal("Sql.LoginFailed", rejected.Error);
        Assert.DoesNotContain("hunter2", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_AServerThatIsNotThere_IsAnOutage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var integrations = new TestIntegrations([("Sql:db:Provider", "PostgreSql"), ("Sql:db:ConnectionString", $"Host=127.0.0.1;Port={port};Username=u;Password=hunter2")]);

        var outage = await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync(Execute, """{"Connection":"db","Statement":"SELECT 1"}"""));

        Assert.StartsWith("The SQL connection 'db' is not available: ", outage.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", outage.ToString(), StringComparison.Ordinal);
    }

    private static TestIntegrations Connect(string? password = null)
    {
        string? server = Environment.GetEnvironmentVariable("STEPFLOW_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "There is no PostgreSQL server: STEPFLOW_POSTGRES is not set.");
        return new(
        [
            ("Sql:db:Provider", "PostgreSql"), ("Sql:db:ConnectionString", server!), ("Sql:db:PasswordSecret", "db-password"),
            ("Secrets:db-password:Value", password ?? Environment.GetEnvironmentVariable("STEPFLOW_POSTGRES_PASSWORD") ?? string.Empty),
        ]);
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Resources;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Integrations.Tests.Sql;

/// <summary><c>azure:sql:execute</c> on a SQLite file.</summary>
public sealed class SqliteTests : IAsyncDisposable
{
    private const string Execute = "azure:sql:execute";

    private readonly TemporaryFolder _folder = new();
    private readonly FiredTime _time = new();
    private readonly TestIntegrations _integrations;

    public SqliteTests()
    {
        _integrations = new(
            [("Sql:orders:Provider", "Sqlite"), ("Sql:orders:ConnectionString", File("orders")), ("Sql:orders:MaxResponseBytes", "1000"), ("Sql:customers:Provider", "Sqlite"), ("Sql:customers:ConnectionString", File("customers"))],
            services => services.AddSingleton<TimeProvider>(_time));
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE orders (id TEXT PRIMARY KEY, total REAL CHECK (total >= 0), paid BOOLEAN, photo BLOB, count INTEGER)";
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await _integrations.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Execute_Rows_HaveTheTypesOfTheirColumns()
    {
        JsonObject inserted = await _integrations.CompleteAsync(Execute, """{"Connection":"orders","Statement":"INSERT INTO orders VALUES (@id, @total, @paid, @photo, @count)","Parameters":{"id":"a","@total":12.5,"paid":true,"photo":{"Base64":"AQID"},"count":9007199254740993}}""");
        JsonObject found = await _integrations.CompleteAsync(Execute, """{"Connection":"ORDERS","Statement":"SELECT *, NULL AS empty FROM orders WHERE id = @id","Parameters":{"id":"a"}}""");

        Assert.Equal(JsonValue.Parse("""{"Rows":[],"RowsAffected":1}"""), inserted);
        Assert.Equal("""{"Rows":[{"id":"a","total":12.5,"paid":true,"photo":"AQID","count":9007199254740993,"empty":null}],"RowsAffected":0}""", found.ToString());
    }

    [Fact]
    public async Task Execute_AParameter_IsNeverPartOfTheStatement()
    {
        const string Text = "x'); DROP TABLE orders; --";

        await _integrations.CompleteAsync(Execute, JsonObject.Create(("Connection", "orders"), ("Statement", "INSERT INTO orders (id) VALUES (@id)"), ("Parameters", JsonObject.Create(("id", Text)))).ToString());

        Assert.Equal([Text], Ids());
    }

    [Fact]
    public async Task Execute_SeveralStatements_AreOneTransaction()
    {
        JsonObject both = await _integrations.CompleteAsync(Execute, """{"Connection":"orders","Statements":[{"Statement":"INSERT INTO orders (id) VALUES ('a'), ('b')"},{"Statement":"DELETE FROM orders WHERE id = @id RETURNING id","Parameters":{"id":"a"}}]}""");
        TaskRejected rejected = await _integrations.RejectAsync(Execute, """{"Connection":"orders","Statements":[{"Statement":"DELETE FROM orders"},{"Statement":"INSERT INTO orders (id, total) VALUES ('c', -1)"}]}""");

        Assert.Equal(JsonValue.Parse("""{"Results":[{"Rows":[],"RowsAffected":2},{"Rows":[{"id":"a"}],"RowsAffected":1}]}"""), both);
        Assert.Equal("Sql.ConstraintViolation", rejected.Error);
        Assert.Equal(["b"], Ids());
    }

    [Fact]
    public async Task Execute_ARepetition_CanBeRecognisedByItsKey()
    {
        const string Insert = """{"Connection":"orders","Statement":"INSERT INTO orders (id) VALUES (@idempotencyKey) ON CONFLICT DO NOTHING"}""";

        await _integrations.CompleteAsync(Execute, Insert, "attempt-1");
        JsonObject again = await _integrations.CompleteAsync(Execute, Insert, "attempt-1");

        Assert.Equal((0, "attempt-1"), (((JsonNumber)again["RowsAffected"]!).ToDouble(), Assert.Single(Ids())));
    }

    [Fact]
    public async Task Execute_AResultThatIsTooLarge_IsRefused_AndChangesNothing()
    {
        TaskRejected rejected = await _integrations.RejectAsync(Execute, """{"Connection":"orders","Statement":"INSERT INTO orders (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i FROM n RETURNING id"}""");

        Assert.Equal("States.DataLimitExceeded", rejected.Error);
        Assert.Contains("larger than 1000 bytes. Nothing was changed. Select fewer rows, or see the setting 'StepFlow:Sql:orders:MaxResponseBytes'.", rejected.Cause, StringComparison.Ordinal);
        Assert.Empty(Ids());
    }

    [Theory]
    [InlineData("""{"Statement":"SELECT 1"}""", "Sql.InvalidArgument", "The argument 'Connection' is required.")]
    [InlineData("""{"Connection":"orders"}""", "Sql.InvalidArgument", "exactly one of 'Statement' and 'Statements'")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT 1","Statements":[]}""", "Sql.InvalidArgument", "exactly one of 'Statement' and 'Statements'")]
    [InlineData("""{"Connection":"orders","Statement":1}""", "Sql.InvalidArgument", "The argument 'Statement' must be a string.")]
    [InlineData("""{"Connection":"orders","Statements":[]}""", "Sql.InvalidArgument", "The argument 'Statements' must be a list")]
    [InlineData("""{"Connection":"orders","Statements":[{"Statement":"SELECT 1"},{}]}""", "Sql.InvalidArgument", "Statements[1]: The argument 'Statement' is required.")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT @a","Parameters":["a"]}""", "Sql.InvalidArgument", "The argument 'Parameters' must be an object.")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT @a","Parameters":{"a":[1]}}""", "Sql.InvalidArgument", "The argument 'Parameters.a' must be a string, a number")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT @a","Parameters":{"a":{"Base64":"?"}}}""", "Sql.InvalidArgument", "The argument 'Parameters.a' must be")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT @a, @b","Parameters":{"a":1}}""", "Sql.InvalidArgument", "@b")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT 1 AS a; SELECT 2 AS b"}""", "Sql.InvalidArgument", "more than one result")]
    [InlineData("""{"Connection":"order","Statement":"SELECT 1"}""", "Sql.ConnectionNotFound", "'order' is not known. Similar names: orders. Add the setting 'StepFlow:Sql:order:ConnectionString'.")]
    [InlineData("""{"Connection":"zzz","Statement":"SELECT 1"}""", "Sql.ConnectionNotFound", "Known names: customers, orders.")]
    [InlineData("""{"Connection":"orders","Statement":"SELEC 1"}""", "Sql.InvalidStatement", "syntax error")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT * FROM gone"}""", "Sql.InvalidStatement", "no such table: gone")]
    [InlineData("""{"Connection":"orders","Statement":"SELECT 1 AS a, 2 AS a"}""", "Sql.InvalidResult", "more than one column 'a'")]
    [InlineData("""{"Connection":"orders","Statement":"INSERT INTO orders (id, total) VALUES ('a', @total)","Parameters":{"total":-1}}""", "Sql.ConstraintViolation", "CHECK constraint failed")]
    public async Task Failures_HaveANameAndAReason(string arguments, string error, string cause)
    {
        TaskRejected rejected = await _integrations.RejectAsync(Execute, arguments);

        Assert.Equal(error, rejected.Error);
        Assert.Contains(cause, rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ATTACH DATABASE '{0}' AS other")]
    [InlineData("COMMIT; ATTACH DATABASE '{0}' AS other")]
    [InlineData("COMMIT; VACUUM INTO '{0}'")]
    public async Task Execute_CannotReachAnotherFile(string statement)
    {
        string other = _folder.PathOf("other.db");

        await _integrations.RejectAsync(Execute, JsonObject.Create(("Connection", "orders"), ("Statement", string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, other))).ToString());

        Assert.False(System.IO.File.Exists(other));
    }

    [Fact]
    public async Task Execute_AFileThatIsOnlyRead_IsRead()
    {
        await using var integrations = new TestIntegrations([("Sql:orders:Provider", "Sqlite"), ("Sql:orders:ConnectionString", File("orders") + ";Mode=ReadOnly")]);

        Assert.Equal(JsonArray.Empty, (await integrations.CompleteAsync(Execute, """{"Connection":"orders","Statement":"SELECT * FROM orders"}"""))["Rows"]);
        Assert.Equal("Sql.PermissionDenied", (await integrations.RejectAsync(Execute, """{"Connection":"orders","Statement":"DELETE FROM orders"}""")).Error);
    }

    [Fact]
    public async Task Execute_WhileAnotherProcessWrites_IsAnOutage()
    {
        await using var integrations = new TestIntegrations([("Sql:orders:Provider", "Sqlite"), ("Sql:orders:ConnectionString", File("orders")), ("Sql:orders:TimeoutSeconds", "1")], services => services.AddSingleton<TimeProvider>(_time));
        using SqliteConnection other = Open();
        using SqliteTransaction writes = other.BeginTransaction();

        var outage = await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync(Execute, """{"Connection":"orders","Statement":"INSERT INTO orders (id) VALUES ('a')"}"""));

        Assert.StartsWith("The SQL connection 'orders' is not available: ", outage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_ThatTakesTooLong_IsStopped_AndChangesNothing()
    {
        Task<TaskOutcome> endless = _integrations.RunAsync(Execute, Endless);
        await UntilItWritesAsync(endless);

        _time.Fire();

        TaskRejected rejected = Assert.IsType<TaskRejected>(await endless);
        Assert.Equal(("Sql.Timeout", 0), (rejected.Error, Ids().Count));
        Assert.Contains("did not end within 30 seconds", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_WhoseTaskEnds_IsStopped_AndChangesNothing()
    {
        using var task = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<TaskOutcome> endless = _integrations.Runner.RunAsync(TestIntegrations.Call(Execute, Endless), task.Token);
        await UntilItWritesAsync(endless);

        await task.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
        Assert.Empty(Ids());
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"Connection":"orders"}""", null)]
    [InlineData("""{"Connection":"gone"}""", "\"Sql\": { \"gone\": { \"Provider\": \"…\", \"ConnectionString\": \"…\" } }")]
    public void Describe_ADatabase_ReportsWhatIsMissing(string arguments, string? missing) =>
        Assert.Equal(missing, _integrations.Get<ResourceCatalog>().Describe(TaskResource.Parse(Execute), (JsonObject)JsonValue.Parse(arguments)).Missing);

    [Fact]
    public async Task Settings_ThatAreWrong_AreAllReported_WithoutTheConnectionString()
    {
        await using var integrations = new TestIntegrations(
        [
            ("Sql:a:ConnectionString", "Data Source=x"),
            ("Sql:b:Provider", "Sqlite"),
            ("Sql:c:Provider", "PostgreSql"), ("Sql:c:ConnectionString", "Host=h;Password=one;hunter2=x"),
            ("Sql:d:Provider", "Sqlite"), ("Sql:d:ConnectionString", "Data Source=x"), ("Sql:d:ManagedIdentity", "true"), ("Sql:d:TimeoutSeconds", "0"),
            ("Sql:e:Provider", "PostgreSql"), ("Sql:e:ConnectionString", "Host=h"), ("Sql:e:PasswordSecret", "gone"),
        ]);

        var failure = Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value);

        Assert.Equal(
            ["StepFlow:Sql:a:Provider", "StepFlow:Sql:b:ConnectionString", "StepFlow:Sql:c:ConnectionString", "StepFlow:Sql:d", "StepFlow:Sql:d:TimeoutSeconds", "StepFlow:Sql:e:PasswordSecret"],
            failure.Failures.Select(static text => text.Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    private const string Endless = """{"Connection":"orders","Statement":"INSERT INTO orders (count) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i FROM n WHERE i > 1"}""";

    // A statement that writes holds the lock of the file.
    private async Task UntilItWritesAsync(Task<TaskOutcome> running)
    {
        while (true)
        {
            Assert.False(running.IsCompleted, running.IsCompletedSuccessfully ? running.Result.ToString() : "It ended.");
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            using SqliteConnection connection = Open();
            try
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandTimeout = 1;
                command.CommandText = "BEGIN IMMEDIATE; ROLLBACK";
                command.ExecuteNonQuery();
                await Task.Yield();
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode == 5)
            {
                return;
            }
        }
    }

    private List<string> Ids()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM orders ORDER BY id";
        using SqliteDataReader reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    private string File(string name) => $"Data Source={_folder.PathOf(name + ".db")}";

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(File("orders") + ";Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>A clock whose timers fire when the test fires them.</summary>
    private sealed class FiredTime : TimeProvider
    {
        private Action? _fire;

        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _fire = () => callback(state);
            return new Unused();
        }

        private sealed class Unused : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

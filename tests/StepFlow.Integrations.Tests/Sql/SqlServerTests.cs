using System.Net;
using System.Net.Sockets;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Sql;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Tests.Sql;

/// <summary>SQL Server: there is none for the tests. They check its settings, and what its numbers mean.</summary>
public sealed class SqlServerTests
{
    [Theory]
    [InlineData(2627, false, false, SqlFault.Constraint)]
    [InlineData(1205, false, false, SqlFault.Deadlock)]
    [InlineData(-2, false, false, SqlFault.Timeout)]
    [InlineData(-2, false, true, SqlFault.Outage)]
    [InlineData(18456, false, true, SqlFault.Login)]
    [InlineData(4060, false, true, SqlFault.Database)]
    [InlineData(40613, false, true, SqlFault.Outage)]
    [InlineData(0, false, true, SqlFault.Outage)]
    [InlineData(0, true, false, SqlFault.Outage)]
    [InlineData(137, false, false, SqlFault.Parameter)]
    [InlineData(208, false, false, SqlFault.Syntax)]
    [InlineData(245, false, false, SqlFault.Value)]
    [InlineData(50000, false, false, SqlFault.Statement)]
    internal void OfNumber_OfTheServer_IsAFault(int number, bool isFatal, bool opening, SqlFault fault) =>
        Assert.Equal(fault, SqlServerDatabase.OfNumber(number, isFatal, opening));

    [Theory]
    [InlineData("Server=tcp:x.database.windows.net;Database=d;Authentication=Active Directory Default", "must not contain Authentication: set ManagedIdentity instead")]
    [InlineData("Server=tcp:x.database.windows.net;Passwort=hunter2", "is not a connection string of SqlServer")]
    public async Task Settings_ThatAreWrong_AreReported(string connectionString, string problem)
    {
        await using var integrations = new TestIntegrations([("Sql:db:Provider", "SqlServer"), ("Sql:db:ConnectionString", connectionString)]);

        var failure = Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value);

        Assert.Contains($"The setting 'StepFlow:Sql:db:ConnectionString' {problem}.", failure.Failures);
        Assert.Equal(!SqlServerCultures.AreAvailable, failure.Message.Contains(SqlServerCultures.Missing, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("User ID=u;Password=hunter2", false)]
    [InlineData("", true)]
    public async Task Execute_AServerThatIsNotThere_IsAnOutage(string user, bool managedIdentity)
    {
        Assert.SkipUnless(SqlServerCultures.AreAvailable, SqlServerCultures.Missing);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var integrations = new TestIntegrations(
            [("Sql:db:Provider", "SqlServer"), ("Sql:db:ConnectionString", $"Server=tcp:127.0.0.1,{port};Connect Timeout=1;Connect Retry Count=0;{user}"), ("Sql:db:ManagedIdentity", managedIdentity.ToString())],
            static services => services.AddSingleton<TokenCredential>(new FakeCredential()));

        var outage = await Assert.ThrowsAsync<TaskOutageException>(() => integrations.RunAsync("azure:sql:execute", """{"Connection":"db","Statement":"SELECT 1"}"""));

        Assert.StartsWith("The SQL connection 'db' is not available: ", outage.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", outage.ToString(), StringComparison.Ordinal);
    }
}

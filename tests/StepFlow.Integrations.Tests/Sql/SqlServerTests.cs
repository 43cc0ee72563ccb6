using Microsoft.Extensions.Options;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Sql;

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
    public async Task Settings_ThatAreWrong_AreTold(string connectionString, string problem)
    {
        await using var integrations = new TestIntegrations([("Sql:db:Provider", "SqlServer"), ("Sql:db:ConnectionString", connectionString)]);

        var failure = Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value);

        Assert.Contains($"The setting 'StepFlow:Sql:db:ConnectionString' {problem}.", failure.Failures);
        Assert.Equal(!SqlServerCultures.AreAvailable, failure.Message.Contains(SqlServerCultures.Missing, StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", failure.Message, StringComparison.Ordinal);
    }
}

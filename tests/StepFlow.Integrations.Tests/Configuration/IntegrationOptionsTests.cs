using Microsoft.Extensions.Options;
using StepFlow.Integrations.Configuration;

namespace StepFlow.Integrations.Tests.Configuration;

public sealed class IntegrationOptionsTests
{
    [Fact]
    public async Task Validate_ManyErrors_ShowsAllOfThem()
    {
        await using var integrations = new TestIntegrations(
        [
            ("Functions:none:TimeoutSeconds", "10"),
            ("Functions:both:Url", "http://localhost/"), ("Functions:both:Command", "cat"),
            ("Functions:slow:Command", "cat"), ("Functions:slow:TimeoutSeconds", "0"),
            ("Functions:ftp:Url", "ftp://host/"),
            ("Http:TimeoutSeconds", "99999"),
            ("Http:Connections:c:Authorization", "Basic"),
            ("Storage:ConnectionString", "UseDevelopmentStorage=true"), ("Storage:AccountName", "a"),
            ("Tables:t:SortKey", "s"),
        ]);

        var failure = Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value);

        string[] settings = [.. failure.Failures.Select(static text => text.Split('\'')[1]).Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "StepFlow:Functions:both", "StepFlow:Functions:ftp:Url", "StepFlow:Functions:none",
                "StepFlow:Functions:slow:TimeoutSeconds", "StepFlow:Http:Connections:c", "StepFlow:Http:TimeoutSeconds", "StepFlow:Storage",
                "StepFlow:Tables:t:PartitionKey",
            ],
            settings);
    }

    [Theory]
    [InlineData("Jobs:other:Command", "cat", "names a job that does not exist: add 'Jobs:encode:Command'")]
    [InlineData("Jobs:encode:Image", "i:1", "needs a storage account for the results of a job on another machine")]
    public async Task JobOfAFunction_ThatCannotRunIt_IsRefused(string setting, string value, string problem)
    {
        await using var integrations = new TestIntegrations([("Functions:f:Job", "encode"), (setting, value)]);

        var failure = Assert.Throws<OptionsValidationException>(() => integrations.Get<IOptions<IntegrationOptions>>().Value);

        Assert.StartsWith("The setting 'StepFlow:Functions:f:Job' " + problem, Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_ThatIsNotBuiltIn_IsRefusedWithTheNamesThereAre()
    {
        await using var integrations = new TestIntegrations([("Functions:mine:Handler", "no-such")]);

        var failure = Assert.Throws<OptionsValidationException>(() => integrations.Runner);

        Assert.StartsWith("The setting 'StepFlow:Functions:mine:Handler' must be one of: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_NothingSet_IsFine()
    {
        await using var integrations = new TestIntegrations([]);

        IntegrationOptions options = integrations.Get<IOptions<IntegrationOptions>>().Value;

        Assert.True(options.ExplainMissing);
        Assert.False(options.Storage.IsConfigured);
    }
}

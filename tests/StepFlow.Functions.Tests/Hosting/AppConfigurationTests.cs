using Microsoft.Extensions.Configuration;
using StepFlow.Functions.Hosting;
using StepFlow.Language.Evaluation;
using StepFlow.Service;
using StepFlow.Service.Access;

namespace StepFlow.Functions.Tests.Hosting;

public sealed class AppConfigurationTests
{
    [Fact]
    public void From_WithoutAStorageAccount_NamesTheSettings()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => Read());

        Assert.Contains("AzureWebJobsStorage__accountName", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_AnAccountName_ReachesItWithTheIdentity()
    {
        AppConfiguration settings = Read(("AzureWebJobsStorage:accountName", "account"));

        Assert.Null(settings.StorageConnection);
        Assert.Equal("https://account.blob.core.windows.net/", settings.BlobEndpoint.ToString());
        Assert.Equal("https://account.queue.core.windows.net/", settings.QueueEndpoint.ToString());
    }

    [Fact]
    public void StepFlow_WithoutItsOwnAccount_UsesTheApps()
    {
        Assert.Equal("account", Read(("AzureWebJobsStorage:accountName", "account")).StepFlow["Storage:AccountName"]);
        Assert.Equal(
            "other",
            Read(("AzureWebJobsStorage:accountName", "account"), ("StepFlow:Storage:AccountName", "other")).StepFlow["Storage:AccountName"]);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("None", false)]
    [InlineData("Aws", true)]
    public void Service_OfSettings_HasThem(string? limits, bool isLimited)
    {
        ServiceOptions options = Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("StepFlow:Region", "eu-west-1"), ("StepFlow:Account", "1"), ("StepFlow:Limits", limits)).Service();

        Assert.Equal(("eu-west-1", "1"), (options.Region, options.Account));
        Assert.Equal(isLimited ? Limits.Aws : Limits.None, options.Limits);
    }

    [Fact]
    public void AccessKeys_OfSettings_HaveTheirLevels()
    {
        AccessKeys keys = Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("StepFlow:AccessKeys:A:Secret", "a"),
            ("StepFlow:AccessKeys:B:Secret", "b"),
            ("StepFlow:AccessKeys:B:Level", "ReadOnly")).AccessKeys();

        Assert.Equal((AccessLevel.Admin, AccessLevel.ReadOnly), (keys.Find("A")!.Level, keys.Find("B")!.Level));
    }

    [Fact]
    public void AccessKeys_WithoutASecret_NamesTheSetting()
    {
        AppConfiguration settings = Read(("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("StepFlow:AccessKeys:A:Level", "Admin"));

        var missing = Assert.Throws<InvalidOperationException>(settings.AccessKeys);

        Assert.Contains("StepFlow__AccessKeys__A__Secret", missing.Message, StringComparison.Ordinal);
    }

    private static AppConfiguration Read(params (string Name, string? Value)[] settings) => AppConfiguration.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build());
}

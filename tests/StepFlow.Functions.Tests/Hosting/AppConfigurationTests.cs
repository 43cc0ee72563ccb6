using Microsoft.Extensions.Configuration;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Hosting;
using StepFlow.Language.Catalogue;
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

    [Fact]
    public void StepFlow_WithAnAccountForWorkflows_UsesItInsteadOfTheApps()
    {
        AppConfiguration named = Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("WorkflowStorage:blobServiceUri", "https://w.blob.core.windows.net/"),
            ("WorkflowStorage:queueServiceUri", "https://w.queue.core.windows.net/"));
        AppConfiguration connected = Read(("AzureWebJobsStorage:accountName", "account"), ("WorkflowStorage", "UseDevelopmentStorage=true"));

        Assert.Null(named.StepFlow["Storage:ConnectionString"]);
        Assert.Equal(
            ("https://w.blob.core.windows.net/", "https://w.queue.core.windows.net/"), (named.StepFlow["Storage:BlobEndpoint"], named.StepFlow["Storage:QueueEndpoint"]));
        Assert.Equal((null, "UseDevelopmentStorage=true"), (connected.StepFlow["Storage:AccountName"], connected.StepFlow["Storage:ConnectionString"]));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("None", false)]
    [InlineData("Aws", true)]
    [InlineData("aws", true)]
    public void Service_OfSettings_HasThem(string? limits, bool isLimited)
    {
        ServiceOptions options = Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"), ("StepFlow:Region", "eu-west-1"), ("StepFlow:Account", "210987654321"), ("StepFlow:Limits", limits)).Service.ToOptions(IntegrationCatalogue.Aws);

        Assert.Equal(("eu-west-1", "210987654321"), (options.Region, options.Account));
        Assert.Equal(isLimited ? Limits.Aws : Limits.None, options.Limits);
    }

    [Fact]
    public void AccessKeys_OfSettings_HaveTheirLevels()
    {
        AccessKeys keys = Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("StepFlow:AccessKeys:A:Secret", "a"),
            ("StepFlow:AccessKeys:B:Secret", "b"),
            ("StepFlow:AccessKeys:B:Level", "readonly")).Service.ToAccessKeys();

        Assert.Equal((AccessLevel.Admin, AccessLevel.ReadOnly), (keys.Find("A")!.Level, keys.Find("B")!.Level));
    }

    [Fact]
    public void From_WrongSettings_NamesThemAll()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Read(
            ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
            ("StepFlow:AccessKeys:A:Level", "Admin"),
            ("StepFlow:AccessKeys:B:Secret", "@Microsoft.KeyVault(VaultName=v;SecretName=s)"),
            ("StepFlow:AccessKeys:C:Secret", "c"),
            ("StepFlow:AccessKeys:C:Level", "ReadOnyl"),
            ("StepFlow:Limits", "Some"),
            ("StepFlow:Retention", "7"),
            ("StepFlow:Functions:f:TimeoutSeconds", "soon")));

        Assert.Equal(
            [
                "The app's settings have errors:",
                "StepFlow__AccessKeys__A__Secret is required.",
                "StepFlow__AccessKeys__B__Secret is a Key Vault reference that was not resolved. Check that the secret exists and that the app's identity may read it.",
                "StepFlow__AccessKeys__C__Level must be ReadOnly or StartOnly or Admin, but is 'ReadOnyl'.",
                "StepFlow__Functions__f__TimeoutSeconds must be a whole number, but is 'soon'.",
                "StepFlow__Limits must be None or Aws, but is 'Some'.",
                "StepFlow__Retention is unknown. Did you mean RetentionDays?",
            ],
            wrong.Message.Split('\n'));
    }

    [Fact]
    public void From_SettingsThatDoNotGoTogether_AreNamedBesideTheOthers()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => Read(
            ("StepFlow:Functions:f:Handler", "a"),
            ("StepFlow:Functions:f:Command", "b"),
            ("StepFlow:Video:Quality", "99"),
            ("StepFlow:Video:OutputContainer", "videos"),
            ("StepFlow:TaskLimits:slow:Resource", "arn:*")));

        Assert.Equal(
            [
                "The app's settings have errors:",
                "No storage account: set AzureWebJobsStorage to a connection string, or AzureWebJobsStorage__accountName to the account that the app's identity may use.",
                "StepFlow__Video__Quality must be from 0 to 51, but is 99.",
                "The setting 'StepFlow:Functions:f' must have exactly one of Url, Command, File, Handler and Job.",
                "The setting 'StepFlow:Video:OutputContainer' must be another container than InputContainer: results would be taken for uploads.",
                "The setting 'StepFlow:TaskLimits:slow' must have MaxConcurrency, RatePerSecond or both.",
            ],
            wrong.Message.Split('\n'));
    }

    private static AppConfiguration Read(params (string Name, string? Value)[] settings) => AppConfiguration.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build());
}

using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Configuration;

/// <summary>The commands of the page for Azure teams work, with the page's own files.</summary>
public sealed partial class AzureTeamsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Azurite? _azurite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _azurite = await Azurite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _azurite!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Section_WithItsOwnFiles_ReadsABlobCallsAFunctionWritesARowAndSendsAMessage()
    {
        string section = await SectionAsync();
        foreach (Match file in Files().Matches(section))
        {
            _folder.File(file.Groups["name"].Value, file.Groups["text"].Value.Replace("UseDevelopmentStorage=true", _azurite!.ConnectionString, StringComparison.Ordinal));
        }

        BlobContainerClient container = new BlobServiceClient(_azurite!.ConnectionString).GetBlobContainerClient("incoming");
        await container.CreateAsync(cancellationToken: Cancellation);
        await container.GetBlobClient("7.json").UploadAsync(Path.Combine(_folder.Path, "order-7.json"), Cancellation);
        using ServerProcess server = await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), Path.Combine(_folder.Path, "stepflow.json"), Cancellation);
        JsonObject execution = await EndAsync(server);

        Assert.Equal("SUCCEEDED", execution["status"]);
        var queue = new QueueClient(_azurite.ConnectionString, "priced-orders", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        Assert.Equal("""{"id":"7","total":42}""", (await queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value.Body.ToString());
    }

    [Fact]
    public async Task Section_NamesNothingOfAws() => Assert.DoesNotMatch(@"\b(AWS|Amazon|Lambda|S3|SQS|DynamoDB)\b|arn:", await SectionAsync());

    private static async Task<JsonObject> EndAsync(ServerProcess server)
    {
        while (true)
        {
            var executions = (JsonArray)(await server.GetAsync("api/statemachines/order/executions", Cancellation))["executions"]!;
            if (executions.Count > 0 && executions[0] is JsonObject execution && execution["status"] is JsonString { Value: not "RUNNING" })
            {
                return execution;
            }

            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private static async Task<string> SectionAsync()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "docs", "on-azure.md"), Cancellation);
        int begin = text.IndexOf("## Ten minutes, from nothing\n", StringComparison.Ordinal);
        return text[begin..text.IndexOf("\n## ", begin, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^`(?<name>[^`]+)`:\n\n<!-- file: \S+ -->\n```\w+\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();
}

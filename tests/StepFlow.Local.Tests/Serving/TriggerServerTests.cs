using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Serving;

/// <summary>Blobs and messages start executions, once each, also across a restart of the server.</summary>
public sealed class TriggerServerTests : IAsyncLifetime
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
    public async Task BlobAndMessage_StartOneExecutionEach_AlsoAfterARestart()
    {
        BlobContainerClient container = new BlobServiceClient(_azurite!.ConnectionString).GetBlobContainerClient("incoming");
        await container.CreateAsync(cancellationToken: Cancellation);
        var queue = new QueueClient(_azurite.ConnectionString, "orders", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateAsync(cancellationToken: Cancellation);
        foreach (string name in (string[])["in/a.csv", "in/b.txt", "c.csv"])
        {
            await container.UploadBlobAsync(name, BinaryData.FromString(name), Cancellation);
        }

        await queue.SendMessageAsync("""{"order":7}""", Cancellation);
        using (ServerProcess server = await StartAsync())
        {
            Assert.Equal("in/a.csv", ((JsonObject)await InputAsync(server, "files"))["Blob"]);
            Assert.Equal("""{"order":7}""", ((JsonObject)await InputAsync(server, "orders"))["Body"]!.ToString());
            while ((await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount > 0)
            {
                // Real time on purpose: another process works.
                await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
            }
        }

        using (ServerProcess server = await StartAsync())
        {
            await container.UploadBlobAsync("in/z.csv", BinaryData.FromString("z"), Cancellation);
            await UntilAsync(server, "files", 2);

            Assert.Equal(2, (await ListAsync(server, "files")).Count);
            Assert.Single(await ListAsync(server, "orders"));
        }
    }

    private Task<ServerProcess> StartAsync()
    {
        foreach (string name in (string[])["files", "orders"])
        {
            _folder.File($"machines/{name}.asl.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
        }

        string configuration = _folder.File("stepflow.json", JsonObject.Create(
            ("Storage", JsonObject.Create(("ConnectionString", _azurite!.ConnectionString))),
            ("StateMachines", JsonObject.Create(("Folder", "machines"))),
            ("Triggers", JsonObject.Create(
                ("files", JsonObject.Create(("StateMachine", "files"), ("Container", "incoming"), ("Prefix", "in/"), ("Suffix", ".csv"))),
                ("orders", JsonObject.Create(("StateMachine", "orders"), ("Queue", "orders")))))).ToString());
        return ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancellation);
    }

    private static async Task<JsonValue> InputAsync(ServerProcess server, string machine)
    {
        await UntilAsync(server, machine, 1);
        string name = ((JsonString)((JsonObject)(await ListAsync(server, machine))[0])["name"]!).Value;
        return (await server.GetAsync($"api/statemachines/{machine}/executions/{name}", Cancellation))["input"]!;
    }

    private static async Task UntilAsync(ServerProcess server, string machine, int count)
    {
        while ((await ListAsync(server, machine)).Count < count)
        {
            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }
    }

    private static async Task<JsonArray> ListAsync(ServerProcess server, string machine) =>
        (JsonArray)(await server.GetAsync($"api/statemachines/{machine}/executions", Cancellation))["executions"]!;
}

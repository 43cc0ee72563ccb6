using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using StepFlow.Integrations.Processes;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Video;

/// <summary>The server is killed while it transcodes, and is started again.</summary>
public sealed class KilledServerTests : IAsyncLifetime
{
    private const string Executions = "api/statemachines/video-pipeline/executions";

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
    public async Task Serve_KilledWhileTranscoding_CompletesWithoutRepeatingWhatWasDone()
    {
        var blobs = new BlobServiceClient(_azurite!.ConnectionString);
        await UploadAsync(blobs);
        JsonObject[] before;
        using (ServerProcess server = await StartAsync("veryslow"))
        {
            before = await UntilOneRenditionIsDoneAsync(server);
            await server.KillAsync(TestContext.Current.CancellationToken);
        }

        await NoFfmpegIsLeftAsync();
        string etag = await ETagOfDoneAsync(blobs);
        Assert.NotEqual("none", etag);
        using (ServerProcess server = await StartAsync("ultrafast"))
        {
            JsonObject[] after = await UntilEndedAsync(server);

            Assert.Equal("ExecutionSucceeded", Type(after[^1]));
            Assert.Equal(before, after[..before.Length]);
            Assert.Equal(Enumerable.Range(1, after.Length).Select(static id => (JsonValue)id), after.Select(static one => one["id"]!));
            Assert.All(after, static one => Assert.True(((JsonNumber)one["previousEventId"]!).CompareTo((JsonNumber)one["id"]!) < 0));

            // Validate, two renditions, thumbnails, metadata, database, notification: each once.
            foreach (string type in (string[])["TaskScheduled", "TaskStarted", "TaskSucceeded"])
            {
                Assert.Equal(7, after.Count(one => Type(one) == type));
            }

            Assert.DoesNotContain(after, static one => Type(one) == "TaskFailed");
            Assert.Single((JsonArray)(await server.GetAsync(Executions, Cancellation))["executions"]!);
        }

        Assert.Equal(etag, await ETagOfDoneAsync(blobs));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, ProcessFolder.NamePrefix + "*"));
        Assert.Single((await new QueueClient(_azurite.ConnectionString, "video-notifications").PeekMessagesAsync(32, Cancellation)).Value);

        async Task<string> ETagOfDoneAsync(BlobServiceClient service)
        {
            await foreach (var blob in service.GetBlobContainerClient("renditions").GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Cancellation))
            {
                if (blob.Name.EndsWith("/240p.mp4", StringComparison.Ordinal))
                {
                    return blob.Properties.ETag!.Value.ToString();
                }
            }

            return "none";
        }
    }

    private async Task UploadAsync(BlobServiceClient blobs)
    {
        string file = _folder.PathOf("source");
        await TestVideo.MakeAsync(file, 640, 480, 15);
        BlobContainerClient container = blobs.GetBlobContainerClient("videos");
        await container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await container.GetBlobClient("film.mp4").UploadAsync(file, Cancellation);
    }

    private Task<ServerProcess> StartAsync(string preset)
    {
        string configuration = _folder.PathOf("stepflow.json");
        File.WriteAllText(configuration, JsonObject.Create(
            ("Storage", JsonObject.Create(("ConnectionString", _azurite!.ConnectionString))),
            ("Messages", JsonObject.Create(("CreateMissing", true))),
            ("Video", JsonObject.Create(("WatchSeconds", "0.2"), ("TempFolder", _folder.Path), ("Preset", preset), ("Threads", 1)))).ToString());
        return ServerProcess.StartAsync(_folder.PathOf("data"), configuration, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the smaller rendition is done and the larger one is not.</summary>
    private static Task<JsonObject[]> UntilOneRenditionIsDoneAsync(ServerProcess server) => UntilAsync(server, static history =>
    {
        Assert.DoesNotContain(history, static one => Type(one) == "MapStateSucceeded");
        return history.Any(static one => Type(one) == "MapIterationSucceeded");
    });

    private static Task<JsonObject[]> UntilEndedAsync(ServerProcess server) =>
        UntilAsync(server, static history => history.Any(static one => Type(one) is "ExecutionSucceeded" or "ExecutionFailed"));

    private static async Task<JsonObject[]> UntilAsync(ServerProcess server, Func<JsonObject[], bool> reached)
    {
        while (true)
        {
            var executions = (JsonArray)(await server.GetAsync(Executions, Cancellation))["executions"]!;
            if (executions.Count > 0)
            {
                string name = ((JsonString)((JsonObject)executions[0])["name"]!).Value;
                JsonObject page = await server.GetAsync($"{Executions}/{name}/history?maxResults=1000", Cancellation);
                JsonObject[] history = [.. ((JsonArray)page["events"]!).Cast<JsonObject>()];
                if (reached(history))
                {
                    return history;
                }
            }

            // Real time on purpose: another process works.
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        }
    }

    /// <summary>The kernel ends what the killed server had started.</summary>
    private async Task NoFfmpegIsLeftAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux ends children together with their parent.");
        while (Directory.EnumerateDirectories("/proc").Any(IsOurs))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }

        bool IsOurs(string folder)
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(_folder.PathOf(ProcessFolder.NamePrefix), StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    private static string Type(JsonObject entry) => ((JsonString)entry["type"]!).Value;
}

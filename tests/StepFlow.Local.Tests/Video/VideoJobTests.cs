using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using StepFlow.Language.Json;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Video;

/// <summary>The video pipeline where the server has no ffmpeg, and a job runs its functions: the program <c>stepflow function</c>.</summary>
public sealed class VideoJobTests : IAsyncLifetime
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
    public async Task Pipeline_WithAJob_MakesTheVideoInJobs()
    {
        await UploadAsync(640, 480);
        using ServerProcess server = await StartAsync("exec ffmpeg \"$@\"");

        JsonObject[] history = await UntilEndedAsync(server);

        Assert.Equal("ExecutionSucceeded", Type(history[^1]));
        Assert.Equal(7, history.Count(static one => Type(one) == "TaskSucceeded"));
        Assert.DoesNotContain(history, static one => Type(one) is "TaskFailed" or "TaskSubmitted");
        string[] results = await ResultsAsync();
        Assert.All((string[])["/240p.mp4", "/480p.mp4", "/poster.jpg", "/sprite.jpg"], name => Assert.Contains(results, result => result.EndsWith(name, StringComparison.Ordinal)));
        Assert.Equal(["0", "0", "0", "0", "0"], ExitCodes());
        Assert.Equal("SUCCEEDED", (await NotificationAsync()).RequiredText("status"));
    }

    [Fact]
    public async Task Transcode_ThatFailsInItsJob_IsRetriedThreeTimesAndThenNotified()
    {
        await UploadAsync(426, 240);
        using ServerProcess server = await StartAsync("case \"$*\" in *libx264*) echo no encoder today >&2; exit 1;; esac; exec ffmpeg \"$@\"");

        JsonObject[] history = await UntilEndedAsync(server);

        Assert.Equal("ExecutionFailed", Type(history[^1]));
        JsonObject[] failures = Failures(history);
        Assert.Equal(4, failures.Length);
        Assert.All(failures, static one => Assert.Equal("Video.TranscodingFailed", one.RequiredText("error")));
        Assert.All(failures, static one => Assert.Contains("no encoder today", one.RequiredText("cause"), StringComparison.Ordinal));
        JsonObject notification = await NotificationAsync();
        Assert.Equal(("FAILED", "Video.TranscodingFailed"), (notification.RequiredText("status"), notification.RequiredText("error")));
    }

    [Fact]
    public async Task Transcode_WhoseJobIsKilled_FailsWithTheEndOfItsLogAndIsRetried()
    {
        await UploadAsync(426, 240);
        string once = Path.Combine(_folder.Path, "once");
        using ServerProcess server = await StartAsync($"case \"$*\" in *libx264*) if mkdir '{once}' 2>/dev/null; then kill -9 $PPID; exit 1; fi;; esac; exec ffmpeg \"$@\"");

        JsonObject[] history = await UntilEndedAsync(server);

        Assert.Equal("ExecutionSucceeded", Type(history[^1]));
        JsonObject failure = Assert.Single(Failures(history));
        Assert.Equal("Runtime.ExitError", failure.RequiredText("error"));
        Assert.Contains("The job 'transcode' ended without a result: The program exited with code 137", failure.RequiredText("cause"), StringComparison.Ordinal);
    }

    private async Task UploadAsync(int width, int height)
    {
        string file = Path.Combine(_folder.Path, "source");
        await TestVideo.MakeAsync(file, width, height, 3);
        BlobContainerClient container = new BlobServiceClient(_azurite!.ConnectionString).GetBlobContainerClient("videos");
        await container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await container.GetBlobClient("film.mp4").UploadAsync(file, Cancellation);
    }

    private Task<ServerProcess> StartAsync(string ffmpeg)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A program that is a job needs a POSIX shell.");
        string program = _folder.File("ffmpeg.sh", "#!/bin/sh\n" + ffmpeg + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        JsonObject storage = JsonObject.Create(("ConnectionString", _azurite!.ConnectionString));
        string job = _folder.File("job.json", JsonObject.Create(
            ("Storage", storage),
            ("Video", JsonObject.Create(("TempFolder", _folder.Path), ("Preset", "ultrafast"), ("Threads", 1), ("FfmpegPath", program)))).ToString());
        string configuration = _folder.File("stepflow.json", JsonObject.Create(
            ("Storage", storage),
            ("Messages", JsonObject.Create(("CreateMissing", true))),
            ("Jobs", JsonObject.Create(("transcode", JsonObject.Create(
                ("Command", "dotnet"), ("Arguments", JsonArray.Create(Path.Combine(AppContext.BaseDirectory, "stepflow.dll"), "function", "--config", job)))))),
            ("Video", JsonObject.Create(("WatchSeconds", "0.2"), ("Job", "transcode"), ("FfmpegPath", "/no/ffmpeg"), ("FfprobePath", "/no/ffprobe")))).ToString());
        return ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), configuration, Cancellation);
    }

    private static async Task<JsonObject[]> UntilEndedAsync(ServerProcess server)
    {
        while (true)
        {
            var executions = (JsonArray)(await server.GetAsync(Executions, Cancellation))["executions"]!;
            if (executions.Count > 0 && ((JsonObject)executions[0]).RequiredText("status") != "RUNNING")
            {
                JsonObject page = await server.GetAsync($"{Executions}/{((JsonObject)executions[0]).RequiredText("name")}/history?maxResults=1000", Cancellation);
                return [.. ((JsonArray)page["events"]!).Cast<JsonObject>()];
            }

            // Real time on purpose: other processes work.
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
        }
    }

    private async Task<string[]> ResultsAsync()
    {
        var names = new List<string>();
        await foreach (BlobItem blob in new BlobServiceClient(_azurite!.ConnectionString).GetBlobContainerClient("renditions").GetBlobsAsync(BlobTraits.None, BlobStates.None, null, Cancellation))
        {
            names.Add(blob.Name);
        }

        return [.. names];
    }

    /// <summary>How the jobs' programs ended.</summary>
    private string[] ExitCodes() => [.. Directory.GetFiles(Path.Combine(_folder.Path, "data", "jobs"), "exit", SearchOption.AllDirectories).Select(File.ReadAllText)];

    private async Task<JsonObject> NotificationAsync()
    {
        PeekedMessage message = Assert.Single((await new QueueClient(_azurite!.ConnectionString, "video-notifications").PeekMessagesAsync(32, Cancellation)).Value);
        string text = message.Body.ToString();
        return (JsonObject)(JsonValue.ParseOrNull(text) ?? JsonValue.Parse(Convert.FromBase64String(text)));
    }

    private static JsonObject[] Failures(JsonObject[] history) =>
        [.. history.Where(static one => Type(one) == "TaskFailed").Select(static one => (JsonObject)one["taskFailedEventDetails"]!)];

    private static string Type(JsonObject entry) => entry.RequiredText("type");
}

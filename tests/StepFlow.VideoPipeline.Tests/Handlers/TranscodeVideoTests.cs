using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Testing;
using StepFlow.VideoPipeline.Handlers;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Handlers;

public sealed class TranscodeVideoTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Transcode_Smaller_MakesAPlayableRendition()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject payload = await UploadAsync(pipeline, 426, 240, 1);
        List<TaskProgress> progress = [];

        FunctionResult result = await pipeline.CallAsync(TranscodeVideo.FunctionName, Ask(payload, "120p", 212, 120), progress: progress.Add);

        var response = (JsonObject)Assert.IsType<FunctionSucceeded>(result).Payload;
        Attempt<MediaInfo> seen = await pipeline.Get<MediaProbe>().ReadAsync(await pipeline.DownloadAsync("the-id/120p.mp4"), TestContext.Current.CancellationToken);
        Assert.Equal((212, 120, "h264", "aac"), (seen.Value!.Width, seen.Value.Height, seen.Value.VideoCodec, seen.Value.AudioCodec));
        Assert.InRange(seen.Value.DurationSeconds, 0.9, 1.2);
        Assert.Equal((212, 120, "the-id/120p.mp4", pipeline.Output), (response["width"], response["height"], response["blob"], response["container"]));
        Assert.Equal(1, progress[^1].Fraction);
        Assert.StartsWith("120p ", progress[^1].Message, StringComparison.Ordinal);
        Assert.Empty(pipeline.CallFolders());
    }

    [Fact]
    public async Task Transcode_WithoutSound_MakesASilentRendition()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject payload = await UploadAsync(pipeline, 320, 240, 1, sound: false);

        await pipeline.ReturnAsync(TranscodeVideo.FunctionName, Ask(payload, "240p", 320, 240));

        Attempt<MediaInfo> seen = await pipeline.Get<MediaProbe>().ReadAsync(await pipeline.DownloadAsync("the-id/240p.mp4"), TestContext.Current.CancellationToken);
        Assert.Null(seen.Value!.AudioCodec);
    }

    [Fact]
    public async Task Transcode_SameCallTwice_DoesNotTranscodeAgain()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject payload = Ask(await UploadAsync(pipeline, 320, 240, 1), "240p", 320, 240);

        JsonObject first = await pipeline.ReturnAsync(TranscodeVideo.FunctionName, payload, "one");
        string written = await pipeline.ETagAsync("the-id/240p.mp4");
        JsonObject repeated = await pipeline.ReturnAsync(TranscodeVideo.FunctionName, payload, "one");
        string after = await pipeline.ETagAsync("the-id/240p.mp4");
        await pipeline.ReturnAsync(TranscodeVideo.FunctionName, payload, "two");

        Assert.Equal(first, repeated);
        Assert.Equal(written, after);
        Assert.NotEqual(written, await pipeline.ETagAsync("the-id/240p.mp4"));
    }

    [Fact]
    public async Task Transcode_Larger_IsRefused()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject payload = await UploadAsync(pipeline, 320, 240, 1);

        FunctionFailed failed = await pipeline.FailAsync(TranscodeVideo.FunctionName, Ask(payload, "480p", 640, 480));

        Assert.Equal(VideoErrors.UpscalingRefused, failed.ErrorType);
        Assert.Empty(await pipeline.OutputsAsync());
    }

    [Fact]
    public async Task Transcode_Damaged_FailsWithTheEndOfTheOutputOfFfmpeg()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject source = await pipeline.UploadAsync("v", static file => TestVideo.MakeDamagedAsync(file, 426, 240, 2));
        JsonObject valid = await pipeline.ReturnAsync(ValidateVideo.FunctionName, source);

        FunctionFailed failed = await pipeline.FailAsync(TranscodeVideo.FunctionName, Ask(source.With("video", valid["video"]!), "240p", 426, 240));

        Assert.Equal(VideoErrors.TranscodingFailed, failed.ErrorType);
        Assert.Contains("h264", failed.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(await pipeline.OutputsAsync());
        Assert.Empty(pipeline.CallFolders());
    }

    [Fact]
    public async Task Transcode_Cancelled_KillsFfmpegAndRemovesTheFolder()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite, ("Video:Preset", "veryslow"), ("Video:Threads", "1"));
        JsonObject payload = await UploadAsync(pipeline, 640, 480, 20);
        using var cancellation = new CancellationTokenSource();
        var encoding = new TaskCompletionSource();

        Task<FunctionResult> call = pipeline.CallAsync(
            TranscodeVideo.FunctionName, Ask(payload, "480p", 640, 480), cancellationToken: cancellation.Token, progress: _ => encoding.TrySetResult());
        await Task.WhenAny(encoding.Task, call);
        string folder = Assert.Single(pipeline.CallFolders());
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.DoesNotContain(RunningCommands(), command => command.Contains(folder, StringComparison.Ordinal));
        Assert.Empty(pipeline.CallFolders());
        Assert.Empty(await pipeline.OutputsAsync());
    }

    [Fact]
    public async Task Transcode_TooSlow_TimesOutByName()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite, ("Video:Preset", "veryslow"), ("Video:Threads", "1"), ("Video:ToolTimeoutSeconds", "1"));
        JsonObject payload = await UploadAsync(pipeline, 854, 480, 20);

        FunctionFailed failed = await pipeline.FailAsync(TranscodeVideo.FunctionName, Ask(payload, "480p", 854, 480));

        Assert.Equal(VideoErrors.TimedOut, failed.ErrorType);
        Assert.Empty(pipeline.CallFolders());
    }

    private static async Task<JsonObject> UploadAsync(TestPipeline pipeline, int width, int height, double seconds, bool sound = true)
    {
        JsonObject source = await pipeline.UploadAsync("v.mp4", file => TestVideo.MakeAsync(file, width, height, seconds, sound));
        return source.With("video", JsonObject.Create(("durationSeconds", JsonNumber.Create(seconds))));
    }

    private static JsonObject Ask(JsonObject payload, string name, int width, int height) => payload
        .With("id", "the-id")
        .With("rendition", JsonObject.Create(("name", name), ("width", width), ("height", height)));

    private static IEnumerable<string> RunningCommands()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            string command;
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                continue;
            }

            yield return command;
        }
    }
}

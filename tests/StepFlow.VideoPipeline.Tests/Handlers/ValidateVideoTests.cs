using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Processes;
using StepFlow.Language.Json;
using StepFlow.Testing;
using StepFlow.VideoPipeline.Handlers;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Handlers;

public sealed class ValidateVideoTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Validate_Video_ShowsWhatItIsAndWhichRenditionsItAllows()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject source = await pipeline.UploadAsync("My Film.mp4", static file => TestVideo.MakeAsync(file, 854, 480, 1));

        JsonObject response = await pipeline.ReturnAsync(ValidateVideo.FunctionName, source);

        Assert.StartsWith("my-film-", ((JsonString)response["id"]!).Value, StringComparison.Ordinal);
        Assert.Equal(JsonValue.Parse("""{"durationSeconds":1,"width":854,"height":480,"hasAudio":true}"""), response["video"]);
        Assert.Equal(JsonValue.Parse("""[{"name":"480p","width":854,"height":480},{"name":"240p","width":426,"height":240}]"""), response["renditions"]);
        Assert.Empty(pipeline.CallFolders());
    }

    [Theory]
    [InlineData("text", "This is no video.")]
    [InlineData("empty", "")]
    [InlineData("playlist", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")]
    [InlineData("concat", "ffconcat version 1.0\nfile /etc/passwd\n")]
    public async Task Validate_NoVideo_IsRefusedByName(string blob, string content)
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject source = await pipeline.UploadAsync(blob, file => File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken));

        FunctionFailed failed = await pipeline.FailAsync(ValidateVideo.FunctionName, source);

        Assert.Equal(VideoErrors.NotAVideo, failed.ErrorType);
        Assert.DoesNotContain(ProcessFolder.NamePrefix, failed.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(pipeline.CallFolders());
    }

    [Theory]
    [InlineData("Video:MaxInputBytes", "1000", VideoErrors.TooLarge)]
    [InlineData("Video:MaxDurationSeconds", "1", VideoErrors.TooLong)]
    [InlineData("Video:MaxPixels", "76799", VideoErrors.ResolutionTooHigh)]
    public async Task Validate_BeyondALimit_IsRefusedWithTheSettingsName(string setting, string value, string error)
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite, (setting, value));
        JsonObject source = await pipeline.UploadAsync("v", static file => TestVideo.MakeAsync(file, 320, 240, 1.5));

        FunctionFailed failed = await pipeline.FailAsync(ValidateVideo.FunctionName, source);

        Assert.Equal(error, failed.ErrorType);
        Assert.Contains("StepFlow:" + setting, failed.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_BlobReplacedOrDeleted_IsRefusedByName()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject source = await pipeline.UploadAsync("v", static file => File.WriteAllTextAsync(file, "x"));
        await pipeline.UploadAsync("v", static file => File.WriteAllTextAsync(file, "y"));

        FunctionFailed replaced = await pipeline.FailAsync(ValidateVideo.FunctionName, source);
        FunctionFailed missing = await pipeline.FailAsync(ValidateVideo.FunctionName, source.With("blob", "none"));

        Assert.Equal((VideoErrors.SourceReplaced, VideoErrors.SourceMissing), (replaced.ErrorType, missing.ErrorType));
    }

    [Fact]
    public async Task Validate_NoFfprobe_ShowsHowToGetIt()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite, ("Video:FfprobePath", "/no/such/ffprobe"));
        JsonObject source = await pipeline.UploadAsync("v", static file => File.WriteAllTextAsync(file, "x"));

        FunctionFailed failed = await pipeline.FailAsync(ValidateVideo.FunctionName, source);

        Assert.Equal(VideoErrors.ToolMissing, failed.ErrorType);
        Assert.Contains("apt-get install ffmpeg", failed.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_AnotherPayload_IsRefused()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);

        FunctionFailed failed = await pipeline.FailAsync(ValidateVideo.FunctionName, JsonValue.Parse("""{"blob": 1}"""));

        Assert.Equal(VideoErrors.InvalidPayload, failed.ErrorType);
    }
}

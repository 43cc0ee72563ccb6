using StepFlow.Language.Json;
using StepFlow.Testing;
using StepFlow.VideoPipeline.Handlers;

namespace StepFlow.VideoPipeline.Tests.Handlers;

public sealed class MakeThumbnailsTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(0.4, 1, 1)]
    [InlineData(7.2, 5, 2)]
    public async Task Thumbnails_AnyLength_GiveAPosterAndASprite(double seconds, int columns, int rows)
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject source = await pipeline.UploadAsync("v", file => TestVideo.MakeAsync(file, 320, 240, seconds, sound: false));
        JsonObject payload = source.With("id", "the-id").With("video", JsonObject.Create(("durationSeconds", JsonNumber.Create(seconds))));

        JsonObject response = await pipeline.ReturnAsync(MakeThumbnails.FunctionName, payload);

        var sprite = (JsonObject)response["sprite"]!;
        Assert.Equal((columns, rows), (sprite["columns"], sprite["rows"]));
        Assert.Equal(["the-id/poster.jpg", "the-id/sprite.jpg"], await pipeline.OutputsAsync());
        Assert.Equal((columns * 160, rows * 120), await SizeAsync(pipeline, "the-id/sprite.jpg"));
        Assert.Equal((320, 240), await SizeAsync(pipeline, "the-id/poster.jpg"));
        Assert.Empty(pipeline.CallFolders());
    }

    [Fact]
    public async Task Thumbnails_SameCallTwice_AreNotDrawnAgain()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        JsonObject source = await pipeline.UploadAsync("v", static file => TestVideo.MakeAsync(file, 320, 240, 1, sound: false));
        JsonObject payload = source.With("id", "the-id").With("video", JsonObject.Create(("durationSeconds", 1)));

        JsonObject first = await pipeline.ReturnAsync(MakeThumbnails.FunctionName, payload, "one");
        string written = await pipeline.ETagAsync("the-id/poster.jpg");
        JsonObject repeated = await pipeline.ReturnAsync(MakeThumbnails.FunctionName, payload, "one");

        Assert.Equal(first, repeated);
        Assert.Equal(written, await pipeline.ETagAsync("the-id/poster.jpg"));
    }

    [Fact]
    public async Task Metadata_Video_ShowsItsStreamsAndDigest()
    {
        await using TestPipeline pipeline = await TestPipeline.CreateAsync(azurite);
        byte[] bytes = [];
        JsonObject source = await pipeline.UploadAsync("v", async file =>
        {
            await TestVideo.MakeAsync(file, 320, 240, 1);
            bytes = await File.ReadAllBytesAsync(file);
        });

        JsonObject response = await pipeline.ReturnAsync(ExtractMetadata.FunctionName, source);

        Assert.Equal((320, 240, 25, "h264", bytes.Length), (response["width"], response["height"], response["frameRate"], response["videoCodec"], response["bytes"]));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), response["sha256"]);
        Assert.Equal(JsonValue.Parse("""{"codec":"aac","channels":1,"sampleRate":44100}"""), response["audio"]);
    }

    // A picture in JPEG has its size in the frame header (SOF0 or SOF2).
    private static async Task<(int Width, int Height)> SizeAsync(TestPipeline pipeline, string blob)
    {
        byte[] bytes = await File.ReadAllBytesAsync(await pipeline.DownloadAsync(blob), TestContext.Current.CancellationToken);
        int at = 2;
        while (bytes[at + 1] is not (0xC0 or 0xC2))
        {
            at += 2 + (bytes[at + 2] << 8) + bytes[at + 3];
        }

        return ((bytes[at + 7] << 8) + bytes[at + 8], (bytes[at + 5] << 8) + bytes[at + 6]);
    }
}

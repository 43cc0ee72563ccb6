using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary><c>video-metadata</c>: the metadata of an upload.</summary>
internal sealed class ExtractMetadata(VideoStore store, MediaProbe probe, IOptions<VideoPipelineOptions> options) : VideoHandler(store, options)
{
    public const string FunctionName = "video-metadata";

    public override string Name => FunctionName;

    public override async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var payload = new ArgumentReader(call.Payload);
        SourceRequest source = SourceRequest.Read(payload);
        return CheckPayload(payload) ?? await WithSourceAsync(
            source,
            async (_, file) =>
            {
                Attempt<MediaInfo> probed = await probe.ReadAsync(file, cancellationToken);
                return probed.IsSuccess ? await ResultAsync(file, probed.Value, cancellationToken) : probed.Failure;
            },
            cancellationToken);
    }

    private static async Task<FunctionResult> ResultAsync(string file, MediaInfo info, CancellationToken cancellationToken)
    {
        await using FileStream content = File.OpenRead(file);
        long bytes = content.Length;
        byte[] digest = await SHA256.HashDataAsync(content, cancellationToken);
        JsonValue audio = info.AudioCodec is { } codec
            ? JsonObject.Create(("codec", codec), ("channels", info.AudioChannels), ("sampleRate", info.AudioSampleRate))
            : JsonValue.Null;
        return new FunctionSucceeded(JsonObject.Create(
            ("format", info.Format),
            ("bytes", bytes),
            ("sha256", Convert.ToHexStringLower(digest)),
            ("durationSeconds", JsonNumber.Create(info.DurationSeconds)),
            ("bitRate", info.BitRate),
            ("width", info.Width),
            ("height", info.Height),
            ("frameRate", JsonNumber.Create(info.FrameRate)),
            ("videoCodec", info.VideoCodec),
            ("audio", audio)));
    }
}

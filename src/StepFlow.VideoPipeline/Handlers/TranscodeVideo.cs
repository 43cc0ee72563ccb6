using System.Globalization;
using Microsoft.Extensions.Options;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary><c>video-transcode</c>: makes one rendition, H.264 and AAC in MP4.</summary>
internal sealed class TranscodeVideo(VideoStore store, MediaTool tool, MediaProbe probe, IOptions<VideoPipelineOptions> options) : VideoHandler(store, options)
{
    public const string FunctionName = "video-transcode";

    public override string Name => FunctionName;

    public override async Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var payload = new ArgumentReader(call.Payload);
        SourceRequest source = SourceRequest.Read(payload);
        string id = payload.RequiredText("id");
        double duration = SourceRequest.ReadDuration(payload);
        var wanted = new ArgumentReader(payload.RequiredObject("rendition"));
        var rendition = new Rendition(wanted.RequiredText("name"), (int)(wanted.Integer("width", 2, 16384) ?? 0), (int)(wanted.Integer("height", 2, 16384) ?? 0));
        if ((CheckPayload(payload) ?? CheckPayload(wanted)) is { } problem)
        {
            return problem;
        }

        string blob = $"{id}/{rendition.Name}.mp4";
        if (await Store.FindResultAsync(blob, call.Task.IdempotencyKey, cancellationToken) is { } known)
        {
            return new FunctionSucceeded(known);
        }

        return await WithSourceAsync(
            source,
            (folder, file) => TranscodeAsync(call, file, folder.PathOf("rendition.mp4"), blob, rendition, duration, cancellationToken),
            cancellationToken);
    }

    private async Task<FunctionResult> TranscodeAsync(FunctionCall call, string input, string output, string blob, Rendition rendition, double duration, CancellationToken cancellationToken)
    {
        Attempt<MediaInfo> original = await probe.ReadAsync(input, cancellationToken);
        if (!original.IsSuccess)
        {
            return original.Failure;
        }

        if (rendition.Width > original.Value.Width || rendition.Height > original.Value.Height)
        {
            return VideoErrors.Fail(VideoErrors.UpscalingRefused, $"{rendition.Width} × {rendition.Height} is larger than the source, {original.Value.Width} × {original.Value.Height}.");
        }

        var progress = new EncodingProgress(duration, rendition.Name, call.Task.Progress);
        Attempt<ChildResult> encoded = await tool.EncodeAsync(Arguments(input, output, rendition), progress.Read, cancellationToken);
        Attempt<MediaInfo> result = encoded.IsSuccess ? await probe.ReadAsync(output, cancellationToken) : encoded.Failure;
        if (!result.IsSuccess)
        {
            return VideoErrors.Fail(result.Failure.ErrorType == VideoErrors.NotAVideo ? VideoErrors.TranscodingFailed : result.Failure.ErrorType, result.Failure.ErrorMessage);
        }

        if (IsCutShort(result.Value, original.Value))
        {
            return VideoErrors.Fail(VideoErrors.TranscodingFailed, $"The rendition has {result.Value.DurationSeconds} s, but the video has {original.Value.DurationSeconds} s.");
        }

        JsonObject summary = Result(blob, rendition, result.Value, new FileInfo(output).Length);
        FunctionFailed? refused = await Store.UploadAsync(output, blob, "video/mp4", call.Task.IdempotencyKey, summary, cancellationToken);
        return refused is null ? new FunctionSucceeded(summary) : refused;
    }

    private IEnumerable<string> Arguments(string input, string output, Rendition rendition) =>
    [
        // A damaged picture is a failure, not a grey rendition.
        "-xerror",
        "-err_detect", "explode",
        .. MediaTool.Input(input),
        "-map", "0:v:0",
        "-map", "0:a:0?",
        "-vf", string.Create(CultureInfo.InvariantCulture, $"scale={rendition.Width}:{rendition.Height},setsar=1"),
        "-c:v", "libx264",
        "-preset", Options.Preset,
        "-crf", Options.Quality.ToString(CultureInfo.InvariantCulture),
        "-pix_fmt", "yuv420p",
        "-c:a", "aac",
        "-b:a", "128k",
        "-ac", "2",
        "-movflags", "+faststart",
        "-map_metadata", "-1",
        "-f", "mp4",
        output,
    ];

    // Sound and picture may end apart; a tenth is more than that.
    private static bool IsCutShort(MediaInfo result, MediaInfo original) =>
        original.DurationSeconds - result.DurationSeconds > 0.5 + (original.DurationSeconds * 0.1);

    private JsonObject Result(string blob, Rendition rendition, MediaInfo info, long bytes) => JsonObject.Create(
        ("name", rendition.Name),
        ("container", Store.OutputContainer),
        ("blob", blob),
        ("width", info.Width),
        ("height", info.Height),
        ("durationSeconds", JsonNumber.Create(info.DurationSeconds)),
        ("bitRate", info.BitRate),
        ("bytes", bytes));
}

using Microsoft.Extensions.Options;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Handlers;

/// <summary><c>video-validate</c>: whether an upload is a video within the limits, and which renditions it allows.</summary>
internal sealed class ValidateVideo(VideoStore store, MediaProbe probe, IOptions<VideoPipelineOptions> options) : VideoHandler(store, options)
{
    public const string FunctionName = "video-validate";

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
                return !probed.IsSuccess ? probed.Failure : CheckLimits(probed.Value) ?? (FunctionResult)Result(source, probed.Value);
            },
            cancellationToken);
    }

    private FunctionFailed? CheckLimits(MediaInfo info) =>
        info.DurationSeconds > Options.MaxDurationSeconds
            ? VideoErrors.Fail(VideoErrors.TooLong, $"The video lasts {info.DurationSeconds} s; the setting 'StepFlow:Video:MaxDurationSeconds' allows {Options.MaxDurationSeconds}.")
        : (long)info.Width * info.Height > Options.MaxPixels
            ? VideoErrors.Fail(VideoErrors.ResolutionTooHigh, $"The picture is {info.Width} × {info.Height}; the setting 'StepFlow:Video:MaxPixels' allows {Options.MaxPixels} pixels.")
        : null;

    private static FunctionSucceeded Result(SourceRequest source, MediaInfo info) => new(JsonObject.Create(
        ("id", VideoId.For(source)),
        ("video", JsonObject.Create(
            ("durationSeconds", JsonNumber.Create(info.DurationSeconds)),
            ("width", info.Width),
            ("height", info.Height),
            ("hasAudio", info.AudioCodec is not null))),
        ("renditions", JsonArray.From(Rendition.For(info.Width, info.Height).Select(static rendition => rendition.ToJson())))));
}

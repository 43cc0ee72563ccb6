using System.Text;
using StepFlow.Integrations.Processes;

namespace StepFlow.VideoPipeline.Media;

/// <summary>Examines files with ffprobe.</summary>
internal sealed class MediaProbe(MediaTool tool)
{
    /// <summary>Reads the properties of a video file. The failure is <see cref="VideoErrors.NotAVideo"/> if it has no video stream.</summary>
    public async Task<Attempt<MediaInfo>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        Attempt<ChildResult> probed = await tool.ProbeAsync(file, cancellationToken);
        if (!probed.IsSuccess)
        {
            return probed.Failure;
        }

        MediaInfo? info = MediaInfo.Read(JsonValue.ParseOrNull(Encoding.UTF8.GetString(probed.Value.Output.Span)));
        return info is null
            ? VideoErrors.Fail(VideoErrors.NotAVideo, "The file has no video stream, or its duration is unknown.")
            : info;
    }
}

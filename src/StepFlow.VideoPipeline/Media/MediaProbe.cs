using System.Text;
using StepFlow.Integrations.Processes;

namespace StepFlow.VideoPipeline.Media;

/// <summary>Looks at files with ffprobe.</summary>
internal sealed class MediaProbe(MediaTool tool)
{
    /// <summary>What a file holds; the failure <see cref="VideoErrors.NotAVideo"/> where it holds no video.</summary>
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

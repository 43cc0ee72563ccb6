using StepFlow.Integrations.Functions;

namespace StepFlow.VideoPipeline.Media;

/// <summary>The failures of the pipeline's functions. Retry and Catch in a definition use these names.</summary>
public static class VideoErrors
{
    /// <summary>The file holds no video that can be read.</summary>
    public const string NotAVideo = "Video.NotAVideo";

    /// <summary>The file has more bytes than allowed.</summary>
    public const string TooLarge = "Video.TooLarge";

    /// <summary>The video lasts longer than allowed.</summary>
    public const string TooLong = "Video.TooLong";

    /// <summary>The picture has more pixels than allowed.</summary>
    public const string ResolutionTooHigh = "Video.ResolutionTooHigh";

    /// <summary>The uploaded blob no longer exists.</summary>
    public const string SourceMissing = "Video.SourceMissing";

    /// <summary>The uploaded blob was replaced by another version, which has an execution of its own.</summary>
    public const string SourceReplaced = "Video.SourceReplaced";

    /// <summary>A rendition would be larger than its source.</summary>
    public const string UpscalingRefused = "Video.UpscalingRefused";

    /// <summary>ffmpeg failed, or wrote a file that is not whole.</summary>
    public const string TranscodingFailed = "Video.TranscodingFailed";

    /// <summary>ffmpeg or ffprobe took longer than allowed.</summary>
    public const string TimedOut = "Video.TimedOut";

    /// <summary>ffmpeg or ffprobe cannot be started.</summary>
    public const string ToolMissing = "Video.ToolMissing";

    /// <summary>A result could not be written.</summary>
    public const string StorageFailed = "Video.StorageFailed";

    /// <summary>The function was called with something else than its payload.</summary>
    public const string InvalidPayload = "Video.InvalidPayload";

    internal static FunctionFailed Fail(string name, string message) => new(name, message);
}

using System.ComponentModel.DataAnnotations;

namespace StepFlow.VideoPipeline;

/// <summary>The video pipeline's settings: the configuration section <c>StepFlow:Video</c>. Checked when the host starts.</summary>
public sealed class VideoPipelineOptions
{
    /// <summary>The container that videos are uploaded to. By default <c>videos</c>.</summary>
    [MinLength(1)]
    public string InputContainer { get; set; } = "videos";

    /// <summary>The container that renditions and thumbnails are written to. By default <c>renditions</c>.</summary>
    [MinLength(1)]
    public string OutputContainer { get; set; } = "renditions";

    /// <summary>Seconds between two checks of the input container, if the host polls it: 0.1 to 3600, by default 2.</summary>
    [Range(0.1, 3600)]
    public double WatchSeconds { get; set; } = 2;

    /// <summary>The ffmpeg program. By default looked up in PATH.</summary>
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program. By default looked up in PATH.</summary>
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>
    /// The name of the job (<c>Jobs</c>) that runs the pipeline's functions, where ffmpeg is not beside the host; null to run them
    /// in the host. The job's program is <c>stepflow function</c>.
    /// </summary>
    public string? Job { get; set; }

    /// <summary>The folder for temporary folders; null for the system's default.</summary>
    public string? TempFolder { get; set; }

    /// <summary>Maximum seconds of one run of ffmpeg: 1 to 86400, by default 10800 (three hours).</summary>
    [Range(1, 86_400)]
    public int ToolTimeoutSeconds { get; set; } = 10_800;

    /// <summary>
    /// Bytes of memory that one ffmpeg counts as: 64 MiB to 1 TiB, by default 1 GiB (7680 × 4320 pixels to 1080p took 0.6 GiB
    /// on two cores; more cores need more). This and <c>Processes:MemoryBytes</c> define how many run at once.
    /// </summary>
    [Range(64L << 20, 1L << 40)]
    public long ToolMemoryBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Threads of one ffmpeg: 0 to 64, by default 0, which lets ffmpeg decide.</summary>
    [Range(0, 64)]
    public int Threads { get; set; }

    /// <summary>The preset of libx264, from <c>ultrafast</c> to <c>veryslow</c>. By default <c>veryfast</c>.</summary>
    [RegularExpression("ultrafast|superfast|veryfast|faster|fast|medium|slow|slower|veryslow", ErrorMessage = "must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow")]
    public string Preset { get; set; } = "veryfast";

    /// <summary>The constant rate factor of libx264: 0 (lossless) to 51, by default 23.</summary>
    [Range(0, 51)]
    public int Quality { get; set; } = 23;

    /// <summary>Maximum bytes of an uploaded file: 1 to 1 TiB, by default 8 GiB.</summary>
    [Range(1L, 1L << 40)]
    public long MaxInputBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Maximum seconds of a video: 1 to 86400, by default 14400 (four hours).</summary>
    [Range(1, 86_400)]
    public int MaxDurationSeconds { get; set; } = 14_400;

    /// <summary>Pixels a picture may have: 1 to 2 to the power of 40, by default 7680 × 4320.</summary>
    [Range(1, 1L << 40)]
    public long MaxPixels { get; set; } = 7680L * 4320;
}

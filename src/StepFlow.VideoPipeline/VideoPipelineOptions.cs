namespace StepFlow.VideoPipeline;

/// <summary>The video pipeline's settings: the configuration section <c>StepFlow:Video</c>. Checked when the host starts.</summary>
public sealed class VideoPipelineOptions
{
    /// <summary>The container that videos are uploaded to. By default <c>videos</c>.</summary>
    public string InputContainer { get; set; } = "videos";

    /// <summary>The container that renditions and thumbnails are written to. By default <c>renditions</c>.</summary>
    public string OutputContainer { get; set; } = "renditions";

    /// <summary>Seconds between two looks into the input container, where a host looks by itself: 0.1 to 3600, by default 2.</summary>
    public double WatchSeconds { get; set; } = 2;

    /// <summary>The ffmpeg program. By default looked up in PATH.</summary>
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program. By default looked up in PATH.</summary>
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>Where temporary folders are made; null for the system's place.</summary>
    public string? TempFolder { get; set; }

    /// <summary>Seconds one run of ffmpeg may take: 1 to 86400, by default 10800 (three hours).</summary>
    public int ToolTimeoutSeconds { get; set; } = 10_800;

    /// <summary>
    /// Bytes of memory that one ffmpeg is counted with: 64 MiB to 1 TiB, by default 1 GiB (7680 × 4320 pixels to 1080p took 0.6 GiB
    /// on two cores; each core more takes more). How many run at once follows from it and <c>Processes:MemoryBytes</c>.
    /// </summary>
    public long ToolMemoryBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>Threads of one ffmpeg: 0 to 64, by default 0, which lets ffmpeg decide.</summary>
    public int Threads { get; set; }

    /// <summary>The preset of libx264, from <c>ultrafast</c> to <c>veryslow</c>. By default <c>veryfast</c>.</summary>
    public string Preset { get; set; } = "veryfast";

    /// <summary>The constant rate factor of libx264: 0 (lossless) to 51, by default 23.</summary>
    public int Quality { get; set; } = 23;

    /// <summary>Bytes an uploaded file may have: 1 to 1 TiB, by default 8 GiB.</summary>
    public long MaxInputBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Seconds a video may last: 1 to 86400, by default 14400 (four hours).</summary>
    public int MaxDurationSeconds { get; set; } = 14_400;

    /// <summary>Pixels a picture may have: by default 7680 × 4320.</summary>
    public long MaxPixels { get; set; } = 7680L * 4320;
}

using Microsoft.Extensions.Options;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Processes;

namespace StepFlow.VideoPipeline.Media;

/// <summary>Runs ffmpeg and ffprobe.</summary>
internal sealed class MediaTool
{
    // The formats that uploads may have. Playlists and scripts (HLS, concat, …) are not allowed: they refer to further files.
    private const string Formats = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,ogg,mxf,h264,hevc,m4v,av1,obu";

    private readonly string _ffmpeg;
    private readonly string _ffprobe;
    private readonly TimeSpan _timeout;
    private readonly int _threads;
    private readonly TimeProvider _time;

    public MediaTool(IOptions<VideoPipelineOptions> options, TimeProvider time)
    {
        VideoPipelineOptions values = options.Value;
        (_ffmpeg, _ffprobe, _threads, _time) = (values.FfmpegPath, values.FfprobePath, values.Threads, time);
        _timeout = TimeSpan.FromSeconds(values.ToolTimeoutSeconds);
    }

    /// <summary>The ffmpeg arguments for an uploaded file: only local files, only the allowed formats.</summary>
    public static string[] Input(string file) => ["-protocol_whitelist", "file,pipe", "-format_whitelist", Formats, "-i", "file:" + file];

    /// <summary>Runs ffmpeg.</summary>
    /// <param name="arguments">The arguments of ffmpeg.</param>
    /// <param name="progress">Receives the lines of <c>-progress</c>; null if they are not needed.</param>
    public async Task<Attempt<ChildResult>> EncodeAsync(IEnumerable<string> arguments, Action<string>? progress, CancellationToken cancellationToken)
    {
        ChildResult result = await RunAsync(
            _ffmpeg,
            ["-hide_banner", "-nostdin", "-y", "-loglevel", "warning", "-nostats", "-progress", "pipe:1", "-threads", $"{_threads}", .. arguments],
            progress ?? (static _ => { }),
            cancellationToken);
        return Failure(_ffmpeg, result) is { } failure ? failure
            : !result.Succeeded ? VideoErrors.Fail(VideoErrors.TranscodingFailed, $"ffmpeg exited with {result.ExitCode}: {result.ErrorTail}")
            : result;
    }

    /// <summary>Runs ffprobe on a file.</summary>
    public async Task<Attempt<ChildResult>> ProbeAsync(string file, CancellationToken cancellationToken)
    {
        ChildResult result = await RunAsync(
            _ffprobe,
            ["-hide_banner", "-v", "error", "-show_format", "-show_streams", "-of", "json", .. Input(file)],
            null,
            cancellationToken);
        return Failure(_ffprobe, result) is { } failure ? failure
            : !result.Succeeded ? VideoErrors.Fail(VideoErrors.NotAVideo, "The file is not a video: " + Shorten(result.ErrorTail, file))
            : result;
    }

    private Task<ChildResult> RunAsync(string tool, string[] arguments, Action<string>? line, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            new() { FileName = tool, Arguments = arguments, Timeout = _timeout, OutputLine = line },
            _time,
            cancellationToken);

    private FunctionFailed? Failure(string tool, ChildResult result) => result.End switch
    {
        ChildEnd.NotStarted => VideoErrors.Fail(VideoErrors.ToolMissing, $"{tool} cannot be started ({result.ErrorTail}). Install it (apt-get install ffmpeg), or set 'StepFlow:Video:FfmpegPath' and 'StepFlow:Video:FfprobePath'."),
        ChildEnd.TimedOut => VideoErrors.Fail(VideoErrors.TimedOut, $"{tool} took longer than {_timeout.TotalSeconds} seconds: {result.ErrorTail}"),
        ChildEnd.OutputTooLarge => VideoErrors.Fail(VideoErrors.NotAVideo, "The file has too many streams."),
        _ => null,
    };

    // The temporary path would not help the user who uploaded the file.
    private static string Shorten(string errors, string file) => errors.Replace($"file:{file}: ", string.Empty, StringComparison.Ordinal).Replace(file, "it", StringComparison.Ordinal);
}

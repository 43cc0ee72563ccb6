using System.Globalization;

namespace StepFlow.VideoPipeline.Media;

/// <summary>A media file as ffprobe sees it.</summary>
internal sealed record MediaInfo
{
    /// <summary>The container format (<c>mov,mp4,m4a,3gp,3g2,mj2</c>).</summary>
    public required string Format { get; init; }

    /// <summary>How long it lasts.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The bit rate of the whole file, in bits per second; 0 if the file does not have it.</summary>
    public required long BitRate { get; init; }

    /// <summary>The picture's width as it is shown, rotation applied.</summary>
    public required int Width { get; init; }

    /// <summary>The picture's height as it is shown, rotation applied.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures per second; 0 if the file does not have it.</summary>
    public required double FrameRate { get; init; }

    /// <summary>The codec of the picture.</summary>
    public required string VideoCodec { get; init; }

    public string? AudioCodec { get; init; }

    /// <summary>The channels of the sound.</summary>
    public int AudioChannels { get; init; }

    /// <summary>Samples a second of the sound.</summary>
    public int AudioSampleRate { get; init; }

    /// <summary>Reads ffprobe's JSON; null where it describes no moving picture.</summary>
    public static MediaInfo? Read(JsonValue? probe)
    {
        if (probe is not JsonObject { } root || root["format"] is not JsonObject format || root["streams"] is not JsonArray streams)
        {
            return null;
        }

        JsonObject[] all = [.. streams.OfType<JsonObject>()];
        JsonObject? video = Array.Find(all, static stream => stream.Text("codec_type") == "video" && !IsCover(stream));
        JsonObject? audio = Array.Find(all, static stream => stream.Text("codec_type") == "audio");
        double duration = Number(format, "duration") ?? (video is null ? null : Number(video, "duration")) ?? 0;
        (int width, int height) = ((int)(Number(video, "width") ?? 0), (int)(Number(video, "height") ?? 0));
        if (video is null || duration <= 0 || width <= 0 || height <= 0)
        {
            return null;
        }

        if (IsTurned(video))
        {
            (width, height) = (height, width);
        }

        return new()
        {
            Format = format.Text("format_name") ?? "unknown",
            DurationSeconds = Math.Round(duration, 3),
            BitRate = (long)(Number(format, "bit_rate") ?? 0),
            Width = width,
            Height = height,
            FrameRate = Fraction(video.Text("avg_frame_rate")),
            VideoCodec = video.Text("codec_name") ?? "unknown",
            AudioCodec = audio is null ? null : audio.Text("codec_name"),
            AudioChannels = (int)(Number(audio, "channels") ?? 0),
            AudioSampleRate = (int)(Number(audio, "sample_rate") ?? 0),
        };
    }

    // The cover of an album is also a video stream, with one picture.
    private static bool IsCover(JsonObject stream) => stream["disposition"] is JsonObject disposition && Number(disposition, "attached_pic") == 1;

    private static bool IsTurned(JsonObject stream) =>
        stream["side_data_list"] is JsonArray sides
        && sides.OfType<JsonObject>().Any(static side => Math.Abs(Number(side, "rotation") ?? 0) % 180 == 90);

    // ffprobe writes some numbers as texts.
    private static double? Number(JsonObject? value, string name) => value?[name] switch
    {
        JsonNumber number => number.ToDouble(),
        JsonString text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    private static double Fraction(string? text)
    {
        string[] parts = (text ?? string.Empty).Split('/');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double upper)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double lower)
            && lower > 0
            ? Math.Round(upper / lower, 3)
            : 0;
    }
}

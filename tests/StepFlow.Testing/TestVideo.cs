using System.Globalization;
using StepFlow.Integrations.Processes;

namespace StepFlow.Testing;

/// <summary>Makes real videos with ffmpeg: a moving test picture and a tone.</summary>
public static class TestVideo
{
    /// <summary>Makes one, H.264 and AAC in MP4.</summary>
    /// <param name="file">Where it goes.</param>
    /// <param name="width">The width, even.</param>
    /// <param name="height">The height, even.</param>
    /// <param name="seconds">How long it lasts.</param>
    /// <param name="sound">Whether it has sound.</param>
    public static async Task MakeAsync(string file, int width, int height, double seconds, bool sound = true)
    {
        string length = seconds.ToString(CultureInfo.InvariantCulture);
        string[] tone = sound ? ["-f", "lavfi", "-i", $"sine=frequency=440:duration={length}", "-c:a", "aac"] : [];
        ChildResult made = await ChildProcess.RunAsync(
            new()
            {
                FileName = "ffmpeg",
                Arguments =
                [
                    "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=size={width}x{height}:rate=25:duration={length}", .. tone,
                    "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", file,
                ],
                Timeout = TimeSpan.FromMinutes(2),
            },
            TimeProvider.System,
            CancellationToken.None);
        if (!made.Succeeded)
        {
            throw new InvalidOperationException($"ffmpeg could not make {file}: {made.ErrorTail}");
        }
    }

    /// <summary>Makes one whose description is whole but whose pictures are noise from a quarter on: it looks like a video, and cannot be transcoded.</summary>
    public static async Task MakeDamagedAsync(string file, int width, int height, double seconds)
    {
        await MakeAsync(file, width, height, seconds);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int start = bytes.AsSpan().IndexOf("mdat"u8);
        new Random(1).NextBytes(bytes.AsSpan(start + 4 + ((bytes.Length - start) / 4)));
        await File.WriteAllBytesAsync(file, bytes);
    }
}

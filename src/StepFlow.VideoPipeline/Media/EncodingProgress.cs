using System.Globalization;
using StepFlow.Integrations.Tasks;

namespace StepFlow.VideoPipeline.Media;

/// <summary>Reads the progress that ffmpeg writes with <c>-progress</c> (lines <c>key=value</c>; <c>progress=</c> ends each block), and reports it.</summary>
/// <param name="durationSeconds">How long the video lasts.</param>
/// <param name="label">What is encoded.</param>
/// <param name="report">Receives the progress; null if it is not needed.</param>
internal sealed class EncodingProgress(double durationSeconds, string label, Action<TaskProgress>? report)
{
    /// <summary>A report for each so many-th part: an hour of encoding must not fill a log.</summary>
    private const int Parts = 20;

    private double _seconds;
    private int _reported = -1;
    private string _speed = string.Empty;

    public void Read(string line)
    {
        int at = line.IndexOf('=', StringComparison.Ordinal);
        if (at < 0 || report is null)
        {
            return;
        }

        string value = line[(at + 1)..].Trim();
        switch (line[..at])
        {
            case "out_time_us" when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long microseconds):
                _seconds = microseconds / 1e6;
                break;
            case "speed":
                _speed = value;
                break;
            case "progress":
                double fraction = value == "end" ? 1 : Math.Clamp(_seconds / durationSeconds, 0, 1);
                if ((int)(fraction * Parts) == _reported)
                {
                    break;
                }

                _reported = (int)(fraction * Parts);
                report(new(fraction, string.Create(CultureInfo.InvariantCulture, $"{label} {fraction:P0}{(_speed is "" or "N/A" ? "" : " at " + _speed)}")));
                break;
        }
    }
}

namespace StepFlow.VideoPipeline.Media;

/// <summary>A size that a video is transcoded to.</summary>
/// <param name="Name">Its name: the lines of the shorter side (<c>720p</c>).</param>
/// <param name="Width">The width in pixels, even.</param>
/// <param name="Height">The height in pixels, even.</param>
internal sealed record Rendition(string Name, int Width, int Height)
{
    private static readonly int[] Ladder = [1080, 720, 480, 240];

    /// <summary>
    /// The renditions that a source allows: never larger than itself, in its own proportions. The lines count along the
    /// shorter side, so an upright video has them across. A source below the smallest step keeps its own size.
    /// </summary>
    public static IReadOnlyList<Rendition> For(int width, int height)
    {
        int shorter = Math.Min(width, height);
        int[] lines = [.. Ladder.Where(step => step <= shorter)];
        return [.. (lines.Length > 0 ? lines : [shorter]).Select(step => Scale(width, height, step))];
    }

    public JsonObject ToJson() => JsonObject.Create(("name", Name), ("width", Width), ("height", Height));

    private static Rendition Scale(int width, int height, int lines)
    {
        int shorter = Math.Min(width, height);
        return new($"{lines}p", Side(width, lines, shorter), Side(height, lines, shorter));
    }

    // H.264 in 4:2:0 has no odd sizes: the nearest even one, the smaller of two as near, and none beyond the source's.
    private static int Side(int pixels, int lines, int shorter)
    {
        int nearest = (int)Math.Ceiling(((double)pixels * lines / shorter / 2) - 0.5) * 2;
        return Math.Max(2, Math.Min(nearest, pixels / 2 * 2));
    }
}

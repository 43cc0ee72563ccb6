namespace StepFlow.VideoPipeline.Media;

/// <summary>A size that a video is transcoded to.</summary>
/// <param name="Name">Its name: the pixels of the shorter side (<c>720p</c>).</param>
/// <param name="Width">The width in pixels, even.</param>
/// <param name="Height">The height in pixels, even.</param>
internal sealed record Rendition(string Name, int Width, int Height)
{
    private static readonly int[] Ladder = [1080, 720, 480, 240];

    /// <summary>
    /// The renditions of a source. They have its aspect ratio and are never larger. The size is that of the
    /// shorter side, also for upright videos. A source below the smallest rendition keeps its own size.
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

    // H.264 in 4:2:0 needs even sizes. This is the nearest even size, the smaller of two equally near ones, and never more than the source's.
    private static int Side(int pixels, int lines, int shorter)
    {
        int nearest = (int)Math.Ceiling(((double)pixels * lines / shorter / 2) - 0.5) * 2;
        return Math.Max(2, Math.Min(nearest, pixels / 2 * 2));
    }
}

using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Media;

public sealed class RenditionTests
{
    [Theory]
    [InlineData(1920, 1080, "1080p 1920x1080, 720p 1280x720, 480p 854x480, 240p 426x240")]
    [InlineData(3840, 2160, "1080p 1920x1080, 720p 1280x720, 480p 854x480, 240p 426x240")]
    [InlineData(1280, 720, "720p 1280x720, 480p 854x480, 240p 426x240")]
    [InlineData(1279, 719, "480p 854x480, 240p 426x240")]
    [InlineData(1080, 1920, "1080p 1080x1920, 720p 720x1280, 480p 480x854, 240p 240x426")]
    [InlineData(240, 240, "240p 240x240")]
    [InlineData(321, 181, "181p 320x180")]
    public void For_ASource_NeverUpscalesAndKeepsProportions(int width, int height, string expected)
    {
        IReadOnlyList<Rendition> renditions = Rendition.For(width, height);

        Assert.Equal(expected, string.Join(", ", renditions.Select(static one => $"{one.Name} {one.Width}x{one.Height}")));
        Assert.All(renditions, one => Assert.True(one.Width <= width && one.Height <= height && one.Width % 2 == 0 && one.Height % 2 == 0));
    }
}

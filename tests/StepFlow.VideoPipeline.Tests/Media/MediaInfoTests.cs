using StepFlow.Language.Json;
using StepFlow.VideoPipeline.Media;

namespace StepFlow.VideoPipeline.Tests.Media;

public sealed class MediaInfoTests
{
    [Theory]
    [InlineData("""{"codec_type": "video", "width": 10, "height": 20}""", 10, 20)]
    [InlineData("""{"codec_type": "video", "width": 10, "height": 20, "side_data_list": [{"rotation": -90}]}""", 20, 10)]
    [InlineData("""{"codec_type": "video", "width": 10, "height": 20, "side_data_list": [{"rotation": 180}]}""", 10, 20)]
    public void Read_RotatedPicture_ShowsItsSizeAsShown(string stream, int width, int height)
    {
        MediaInfo? info = Read($$$"""{"format": {"duration": "1.5"}, "streams": [{{{stream}}}]}""");

        Assert.Equal((width, height, 1.5), (info!.Width, info.Height, info.DurationSeconds));
    }

    [Theory]
    [InlineData("""{"streams": [], "format": {"duration": "1"}}""")]
    [InlineData("""{"streams": [{"codec_type": "audio"}], "format": {"duration": "1"}}""")]
    [InlineData("""{"streams": [{"codec_type": "video", "width": 1, "height": 1, "disposition": {"attached_pic": 1}}], "format": {"duration": "1"}}""")]
    [InlineData("""{"streams": [{"codec_type": "video", "width": 1, "height": 1}], "format": {}}""")]
    [InlineData("""{"streams": [{"codec_type": "video"}], "format": {"duration": "1"}}""")]
    [InlineData("""[]""")]
    public void Read_NoMovingPicture_IsNull(string probe) => Assert.Null(Read(probe));

    private static MediaInfo? Read(string probe) => MediaInfo.Read(JsonValue.Parse(probe));
}

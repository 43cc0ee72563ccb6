using StepFlow.Language.Json;
using StepFlow.Local.Commands;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Progress of Map Runs in words.</summary>
public sealed class MapRunProgressTextTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddSeconds(1000);

    [Theory]
    [InlineData(0, 0, 10, "RUNNING", "0 of 10 items")]
    [InlineData(12_000, 0, 100_000, "RUNNING", "12,000 of 100,000 items, 1,200 per second, about 1 min 13 s left")]
    [InlineData(5, 3, 800, "RUNNING", "8 of 800 items, 3 failed, 0.8 per second, about 16 min 30 s left")]
    [InlineData(90, 10, 100, "SUCCEEDED", "100 of 100 items, 10 failed, 10 per second")]
    [InlineData(10, 0, 100_000, "RUNNING", "10 of 100,000 items, 1.0 per second, about 27 h 46 min left")]
    public void Of_ARun_ShowsCountsRateAndWhatIsLeft(long succeeded, long failed, long total, string status, string expected)
    {
        JsonObject run = JsonObject.Create(
            ("status", status),
            ("startDate", JsonNumber.Create(1000)),
            ("itemCounts", JsonObject.Create(("succeeded", succeeded), ("failed", failed), ("total", total))));
        Assert.Equal(expected, MapRunProgressText.Of(run, Start.AddSeconds(10)));
    }

    [Fact]
    public void Of_ARunThatHasEnded_CountsTheTimeThatItTook()
    {
        JsonObject run = JsonObject.Create(
            ("status", "SUCCEEDED"), ("startDate", JsonNumber.Create(1000)), ("stopDate", JsonNumber.Create(1002)), ("itemCounts", JsonObject.Create(("succeeded", 100), ("total", 100))));
        Assert.Equal("100 of 100 items, 50 per second", MapRunProgressText.Of(run, Start.AddHours(1)));
    }
}

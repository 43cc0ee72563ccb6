using Cronos;
using StepFlow.Service.Triggers;

namespace StepFlow.Service.Tests.Triggers;

/// <summary>The timer of a schedule on Azure: it fires at each time of the schedule.</summary>
public sealed class PlatformCronTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30 8 * * MON-FRI", null, "UTC", "0 30 8 * * *")]
    [InlineData("*/20 22-1 L * *", null, "UTC", "0 0,20,40 0,1,22,23 * * *")]
    [InlineData("* * * * *", null, "UTC", "0 * * * * *")]
    [InlineData("30 2 * * *", "Europe/Berlin", "UTC", "0 0,30 * * * *")]
    [InlineData("30 2 * * *", null, "Europe/Berlin", "0 0,30 * * * *")]
    [InlineData("30 2 * * *", "Asia/Kolkata", "UTC", "0 * * * * *")]
    [InlineData("30 2 * * *", "Australia/Lord_Howe", "UTC", "0 * * * * *")]
    [InlineData("rate(5 minutes)", null, "UTC", "0 0,5,10,15,20,25,30,35,40,45,50,55 * * * *")]
    [InlineData("rate(45 minutes)", null, "UTC", "0 0,15,30,45 * * * *")]
    [InlineData("rate(90 minutes)", "Europe/Berlin", "UTC", "0 0,30 * * * *")]
    [InlineData("rate(10 hours)", null, "UTC", "0 0 0,2,4,6,8,10,12,14,16,18,20,22 * * *")]
    [InlineData("rate(3 days)", null, "UTC", "0 0 0 * * *")]
    [InlineData("rate(2 days)", null, "America/New_York", "0 0 * * * *")]
    public void Of_ASchedule_FiresAtEachOfItsTimes(string text, string? zone, string platform, string expected)
    {
        Schedule schedule = Schedule.Parse(text, zone);
        TimeZoneInfo platformZone = TimeZoneInfo.FindSystemTimeZoneById(platform);

        string cron = PlatformCron.Of(schedule, platformZone);

        Assert.Equal(expected, cron);
        CronExpression timer = CronExpression.Parse(cron, CronFormat.IncludeSeconds);
        DateTimeOffset time = Start;
        for (int count = 0; count < 1000; count++)
        {
            time = schedule.Next(time)!.Value;
            Assert.Equal(time, timer.GetNextOccurrence(time, platformZone, inclusive: true));
        }
    }
}

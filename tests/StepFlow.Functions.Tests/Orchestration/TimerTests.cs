using System.Globalization;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Tests.Durable;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Timers of a back end that supports whole seconds only.</summary>
public sealed class TimerTests(AzuriteFixture azurite)
{
    private static readonly string Machine = $$"""
        {"StartAt":"W","States":{
          "W":{"Type":"Wait","TimestampPath":"$.until","Next":"T"},
          "T":{"Type":"Task","Resource":"{{Requests.Function("after")}}","End":true} } }
        """;

    [Theory]
    [InlineData(0.4)]
    [InlineData(2.5)]
    [InlineData(3)]
    public async Task Wait_WhoseTimerFiresEarly_IsNeverTooShortAndASecondTooLongAtMost(double seconds)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Host.Durable.RoundsTimersDown = true;
        DateTimeOffset due = fixture.Host.Clock.GetUtcNow().AddSeconds(seconds);
        DateTimeOffset? called = null;
        fixture.Tasks.On("after", call =>
        {
            called = fixture.Host.Clock.GetUtcNow();
            return new TaskCompleted(call.Arguments);
        });
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync(
            "M", JsonObject.Create(("until", due.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))));
        await fixture.UntilAsync(() => fixture.Host.Durable.Counts.ContainsKey(DurableActionKind.Timer));

        // The clock stands still from the moment on at which the task is asked for: it runs beside this.
        while (!fixture.Host.Durable.ActivityCalls.ContainsKey(ActivityNames.RunTask))
        {
            fixture.Host.Clock.AdvanceToNext();
        }

        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "SUCCEEDED");

        Assert.InRange(called!.Value, due, due.AddSeconds(1));
    }
}

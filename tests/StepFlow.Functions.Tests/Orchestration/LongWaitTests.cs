using StepFlow.Execution.History;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Waits beyond the three days of a durable timer: the worker makes several of one.</summary>
public sealed class LongWaitTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private static readonly string Machine = $$"""{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":{{Year.TotalSeconds}},"End":true} } }""";

    [Fact]
    public async Task Wait_OfAYear_EndsToTheSecond()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M");
        Assert.Equal("SUCCEEDED", ((JsonString)(await fixture.EndAsync(execution))["status"]!).Value);

        IReadOnlyList<HistoryEvent> history = await fixture.HistoryAsync(execution);
        Assert.Equal(Year, history[^1].Timestamp - history[0].Timestamp);
    }

    [Fact]
    public async Task Stop_InTheMiddleOfAYear_EndsAtOnce()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("M", Machine);
        string execution = await fixture.StartAsync("M");
        fixture.Host.Clock.Advance(Year / 2);
        await fixture.CallAsync("StopExecution", ("executionArn", execution));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(execution) == "ABORTED");
        await fixture.UntilAsync(() => fixture.Host.Durable.All().All(instance => instance.IsCompleted));
    }
}

using StepFlow.Execution.History;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Processes;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>What is neither the workflow's failure nor its success.</summary>
public sealed class OutageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Task_WhoseCallBreaksDown_IsRepeatedWithTheSameKeyAndLeavesNoTrace()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("work", _ => fixture.Tasks.CallsTo("work") < 3 ? throw new HttpRequestException("outage") : new TaskCompleted("done"));
        string execution = await StartAsync(fixture);
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("\"done\"", ((JsonString)ended["output"]!).Value);
        Assert.Equal(3, fixture.Tasks.Calls.Count);
        Assert.Single(fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct());
        Assert.Equal(7, (await fixture.HistoryAsync(execution)).Count);
    }

    /// <summary>Far more often than an outage may last: the tasks that wait for memory will get it.</summary>
    [Fact]
    public async Task Task_WhoseProgramFindsNoMemory_WaitsAsLongAsItTakes()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("work", _ => fixture.Tasks.CallsTo("work") < 40 ? throw new MemoryInUseException(1) : new TaskCompleted("done"));
        string execution = await StartAsync(fixture);
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("\"done\"", ((JsonString)ended["output"]!).Value);
        Assert.Equal(40, fixture.Tasks.Calls.Count);
    }

    [Fact]
    public async Task Task_WhoseCallNeverRecovers_EndsAsTheHostsFailure()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, allowsFailures: true);
        fixture.Tasks.On("work", _ => throw new HttpRequestException("outage"));
        string execution = await StartAsync(fixture);
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal(("FAILED", "StepFlow.HostFailure"), (((JsonString)ended["status"]!).Value, ((JsonString)ended["error"]!).Value));
        Assert.Contains("outage", ((JsonString)ended["cause"]!).Value, StringComparison.Ordinal);
        Assert.Equal(10, fixture.Tasks.Calls.Count);
        IReadOnlyList<HistoryEvent> events = await fixture.HistoryAsync(execution);
        Assert.Equal(HistoryEventType.ExecutionFailed, events[^1].Type);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.Id));

        fixture.Tasks.Returns("work", "done");
        await fixture.CallAsync("RedriveExecution", ("executionArn", execution));
        JsonObject redriven = await fixture.EndAsync(execution);
        Assert.Equal("\"done\"", ((JsonString)redriven["output"]!).Value);
        events = await fixture.HistoryAsync(execution);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.Id));
        Assert.Equal(HistoryEventType.ExecutionSucceeded, events[^1].Type);
    }

    private static async Task<string> StartAsync(ServiceFixture fixture)
    {
        await fixture.CreateMachineAsync("M", $$"""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }
            """);
        return await fixture.StartAsync("M");
    }
}

using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Functions.Executions;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>Two instances of the app on one task hub.</summary>
public sealed class TwoInstancesTests(AzuriteFixture azurite)
{
    private const int OfEach = 12;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_OfTwoInstances_ShareTheWorkAndLoseNothing()
    {
        await using var fixture = new HubHostFixture(azurite, workers: 2);
        fixture.Tasks.On("step", async (call, cancellation) =>
        {
            // Long enough that one instance alone does not take everything before the other polls.
            await Task.Delay(50, cancellation);
            return new TaskCompleted(call.StateName);
        });
        fixture.Tasks.Returns("a", "A").Returns("b", "B").On("item", call => new TaskCompleted(call.Arguments));
        await fixture.StartAsync();
        IExecutionHost[] hosts = [.. fixture.Instances.Select(instance => instance.App.Get<AzureExecutionHost>())];
        (string Name, string Definition, JsonValue Input)[] kinds =
        [
            ("sequence", Machines.Sequence(6), JsonObject.Empty),
            ("parallel", Machines.Parallel, JsonObject.Empty),
            ("map", Machines.Map, JsonArray.Create(1, 2, 3)),
        ];
        string[] names = [.. kinds.SelectMany(kind => Enumerable.Range(0, OfEach).Select(number => $"{kind.Name}-{number}"))];
        await Task.WhenAll(names.Select((name, at) =>
        {
            (_, string definition, JsonValue input) = kinds[at / OfEach];
            return hosts[at % 2].StartAsync(Requests.Of(fixture, name, definition, input), Cancelled);
        }));
        ExecutionRecord?[] ended = await Task.WhenAll(names.Select((name, at) => hosts[(at + 1) % 2].WaitAsync(Requests.Arn(name), Cancelled)));

        Assert.All(ended, record => Assert.Equal(ExecutionStatus.Succeeded, record!.Status));
        foreach (IGrouping<string, string> kind in names.GroupBy(name => name.Split('-')[0]))
        {
            string[] histories = await Task.WhenAll(kind.Select(async name => string.Join(',', (await HistoryAsync(hosts[0], name)).Select(e => e.Type).Order())));
            Assert.Single(histories.Distinct());
        }

        Assert.Equal(fixture.Tasks.Calls.Count, fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct().Count());
        Assert.Equal(OfEach * (6 + 2 + 3), fixture.Tasks.Calls.Count);
        Assert.All(fixture.RunByInstance, count => Assert.InRange(count, 1, int.MaxValue));
        Page<ExecutionSummary>[] lists = await Task.WhenAll(hosts.Select(host => host.ListAsync(new() { Count = 1000 }, Cancelled)));
        Assert.All(lists, list => Assert.Equal(names.Order(), list.Items.Select(item => item.Name).Order()));
    }

    private static async Task<HistoryPage> HistoryAsync(IExecutionHost host, string name)
    {
        HistoryPage events = await host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancelled);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.Id));
        return events;
    }
}

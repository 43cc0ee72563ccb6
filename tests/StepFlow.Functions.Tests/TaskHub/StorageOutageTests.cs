using Azure;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Functions.TaskHub;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>The storage account is away for a while, in the middle of executions of every kind on two instances. Runs by
/// <c>scripts/reliability.sh --proof azure-outage</c>.</summary>
public sealed class StorageOutageTests
{
    private const int OfEach = 4;

    /// <summary>The storage stops after so many calls of tasks: a third of all.</summary>
    private const int CallsBefore = 36;

    /// <summary>How many activities an instance has in hand at most.</summary>
    private const int InHand = 10;

    /// <summary>The storage is away until so many requests were refused with all their repetitions: about 20 seconds.</summary>
    private const int Refusals = 3;

    /// <summary>
    /// An execution may have to wait until the host looks for executions whose messages were lost, and beside other work all
    /// of it takes its time: the longest of four runs at a machine load of 12 to 25 took four and a half minutes.
    /// </summary>
    private static TimeSpan EndLimit => TimeSpan.FromMinutes(8);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_WhoseStorageIsAway_GoOnWhenItIsBack()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("STEPFLOW_STORAGE_OUTAGE") == "1",
            "It takes minutes: scripts/reliability.sh --proof azure-outage runs it.");
        using var data = new TemporaryFolder();
        Azurite? again = null;
        try
        {
            await using Azurite azurite = await Azurite.StartAsync(data.Path, null);
            await using var fixture = new HubHostFixture(azurite.ConnectionString, workers: 2) { Visibility = TimeSpan.FromSeconds(10) };
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (string function in (string[])["step", "a", "b", "item", "flaky"])
            {
                fixture.Tasks.On(function, async (call, cancellation) =>
                {
                    if (fixture.Tasks.Calls.Count >= CallsBefore)
                    {
                        reached.TrySetResult();
                    }

                    await Task.Delay(20, cancellation);
                    return LoggedTasks.OutcomeOf(call);
                });
            }

            await fixture.StartAsync();
            IReadOnlyList<MixedExecutions> kinds = MixedExecutions.Kinds;
            string[] names = [.. kinds.SelectMany(kind => Enumerable.Range(0, OfEach).Select(number => $"{kind.Name}-{number}"))];
            await Task.WhenAll(names.Select((name, at) =>
                fixture.Host.StartAsync(Requests.Of(fixture, name, kinds[at / OfEach].Definition, kinds[at / OfEach].Input), Cancelled)));
            await reached.Task.WaitAsync(Cancelled);
            await azurite.StopAsync();
            DateTimeOffset stopped = TimeProvider.System.GetUtcNow();
            for (int refused = 0; refused < Refusals; refused++)
            {
                Exception refusal = await Assert.ThrowsAnyAsync<Exception>(() => fixture.Host.FindAsync(Requests.Arn(names[0]), Cancelled));
                Assert.True(refusal is RequestFailedException or AggregateException, refusal.ToString());
            }

            again = await Azurite.StartAsync(data.Path, azurite);
            TestContext.Current.TestOutputHelper!.WriteLine($"away for {TimeProvider.System.GetUtcNow() - stopped}");
            DateTimeOffset back = TimeProvider.System.GetUtcNow();
            ExecutionRecord?[] ended = await Task.WhenAll(names.Select(name => EndAsync(name))).WaitAsync(EndLimit, Cancelled);

            async Task<ExecutionRecord?> EndAsync(string name)
            {
                ExecutionRecord? record = await fixture.Host.WaitAsync(Requests.Arn(name), Cancelled);
                TestContext.Current.TestOutputHelper!.WriteLine($"{name} ended {TimeProvider.System.GetUtcNow() - back} after that");
                return record;
            }

            Assert.Equal(names.Select((_, at) => kinds[at / OfEach].Ends), ended.Select(record => record!.Status));
            foreach (IGrouping<string, string> kind in names.GroupBy(name => name.Split('-')[0]))
            {
                string[] histories = await Task.WhenAll(kind.Select(name => TypesAsync(fixture.Host, name)));
                Assert.Single(histories.Distinct());
            }

            // What had ended did not run again; what was in hand may have, under its key.
            int tasks = fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct().Count();
            Assert.Equal(OfEach * kinds.Sum(kind => kind.Tasks), tasks);
            Assert.InRange(fixture.Tasks.Calls.Count - tasks, 0, 2 * InHand);
        }
        finally
        {
            if (again is not null)
            {
                await again.DisposeAsync();
            }
        }
    }

    private static async Task<string> TypesAsync(IExecutionHost host, string name)
    {
        HistoryPage events = await host.HistoryAsync(Requests.Arn(name), null, int.MaxValue, reverse: false, Cancelled);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.Id));
        return string.Join(',', events.Select(e => e.Type).Order());
    }
}

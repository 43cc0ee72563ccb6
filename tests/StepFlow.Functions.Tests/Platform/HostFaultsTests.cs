using StepFlow.Execution;
using StepFlow.Functions.Tests.TaskHub;
using StepFlow.Testing;

namespace StepFlow.Functions.Tests.Platform;

/// <summary>The Functions host itself, where there is one: killed, and with another beside it.</summary>
public sealed class HostFaultsTests
{
    /// <summary>Executions of each kind.</summary>
    private const int OfEach = 3;

    /// <summary>How many activities a host has in hand at most (<c>maxConcurrentActivityFunctions</c> of host.json).</summary>
    private const int InHand = 10;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_WhoseHostIsKilled_EndAsTheyMust()
    {
        string program = FunctionsHost.Require();
        await using Azurite azurite = await Azurite.StartAsync();
        await using HttpTasks tasks = await HttpTasks.StartAsync();
        const int Kills = 2;
        FunctionsHost host = await StartAsync(program, azurite, tasks, "one", null);
        try
        {
            using var before = new RemoteApp(new Uri(host.Address, "aws"));
            IReadOnlyList<(MixedExecutions Kind, string Arn)> executions = await StartAsync(before, before);
            for (int kill = 1; kill <= Kills; kill++)
            {
                await tasks.UntilAsync(kill * executions.Count);
                await host.KillAsync();
                await host.DisposeAsync();
                host = await StartAsync(program, azurite, tasks, "one", null);
            }

            using var after = new RemoteApp(new Uri(host.Address, "aws"));
            await CheckAsync(after, executions);
            CheckCalls(tasks, executions, Kills * InHand);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Executions_OfTwoHosts_ShareTheWorkAndSurviveOneOfThem()
    {
        string program = FunctionsHost.Require();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Two hosts on one machine need two names of it: only Linux gives a process a name of its own (unshare --uts).");
        await using Azurite azurite = await Azurite.StartAsync();
        await using HttpTasks tasks = await HttpTasks.StartAsync();
        await using FunctionsHost one = await StartAsync(program, azurite, tasks, "one", "host-one");
        await using FunctionsHost two = await StartAsync(program, azurite, tasks, "two", "host-two");
        using var first = new RemoteApp(new Uri(one.Address, "aws"));
        using var second = new RemoteApp(new Uri(two.Address, "aws"));
        IReadOnlyList<(MixedExecutions Kind, string Arn)> executions = await StartAsync(first, second);
        await tasks.UntilAsync(2 * executions.Count);
        string[] callers = [.. tasks.Calls.Select(static call => call.Caller).Distinct().Order()];
        await one.KillAsync();

        await CheckAsync(second, executions);
        Assert.Equal(["one", "two"], callers);
        CheckCalls(tasks, executions, InHand);
    }

    private static Task<FunctionsHost> StartAsync(string program, Azurite azurite, HttpTasks tasks, string caller, string? machine) =>
        FunctionsHost.StartAsync(program, azurite.ConnectionString, "faults", [.. RemoteApp.Settings, .. tasks.Settings(caller)], machine);

    private static async Task<IReadOnlyList<(MixedExecutions Kind, string Arn)>> StartAsync(RemoteApp first, RemoteApp second)
    {
        var executions = new List<(MixedExecutions, string)>();
        foreach (MixedExecutions kind in MixedExecutions.Kinds)
        {
            string machine = await first.CreateAsync(kind.Name, kind.Definition);
            string[] arns = await Task.WhenAll(Enumerable.Range(0, OfEach).Select(number => (number % 2 == 0 ? first : second).StartAsync(machine, $"e{number}", kind.Input)));
            executions.AddRange(arns.Select(arn => (kind, arn)));
        }

        return executions;
    }

    /// <summary>Each ends as its kind does, and the histories of a kind have the same events.</summary>
    private static async Task CheckAsync(RemoteApp app, IReadOnlyList<(MixedExecutions Kind, string Arn)> executions)
    {
        foreach (IGrouping<MixedExecutions, string> kind in executions.GroupBy(static execution => execution.Kind, static execution => execution.Arn))
        {
            string[] ends = await Task.WhenAll(kind.Select(async arn => RemoteApp.Text(await app.EndAsync(arn).WaitAsync(Cancelled), "status")));
            Assert.All(ends, end => Assert.Equal((kind.Key.Name, kind.Key.Ends == ExecutionStatus.Succeeded ? "SUCCEEDED" : "FAILED"), (kind.Key.Name, end)));
            string[] histories = await Task.WhenAll(kind.Select(async arn => string.Join(',', (await app.HistoryAsync(arn)).Order())));
            Assert.Single(histories.Distinct());
        }
    }

    /// <summary>Each task has run, by one key; again only what a killed host had in hand.</summary>
    private static void CheckCalls(HttpTasks tasks, IReadOnlyList<(MixedExecutions Kind, string Arn)> executions, int mostRepeated)
    {
        string[] keys = [.. tasks.Calls.Select(static call => call.Key)];
        Assert.Equal(executions.Sum(static execution => execution.Kind.Tasks), keys.Distinct().Count());
        Assert.InRange(keys.Length - keys.Distinct().Count(), 0, mostRepeated);
    }
}

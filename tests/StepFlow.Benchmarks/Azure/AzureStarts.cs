using System.Diagnostics;
using System.Globalization;
using Microsoft.DurableTask;
using StepFlow.Functions.TaskHub;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Azure;

/// <summary>What it takes to start an execution, against the start of an orchestrator written by hand, on a task hub that nobody works on.</summary>
internal sealed class AzureStarts : IBenchmark
{
    private const string Name = "azure-start";
    private const int Starts = 200;

    private static readonly AzureCase Load = new(Name, 1, Starts, 5, 100);

    public IReadOnlyList<string> Names { get; } = [Name];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        if (!run.IsChosen(Name))
        {
            return [];
        }

        await using Azurite azurite = await Azurite.StartAsync();
        const string Prefix = "bench-";
        await TestApp.CreateContainersAsync(azurite.ConnectionString, Prefix);
        await using HubInstance instance = await HubInstance.OpenClientAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = "bench", WorkerId = "one" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = Prefix, Tasks = new EchoTasks() });
        int starts = run.IsShort ? Starts / 5 : Starts;
        await PlainAsync("warm", starts / 5);
        await OursAsync("warm", starts / 5);
        double peer = await PlainAsync("one", starts);
        double ours = await OursAsync("one", starts);
        ours += await OursAsync("two", starts);
        peer += await PlainAsync("two", starts);
        return [new(Name, ours / 2, peer / 2, "ms/start") { LessIsBetter = true }];

        Task<double> PlainAsync(string prefix, int count) => MeasureAsync(prefix, count, name => instance.Client.ScheduleNewOrchestrationInstanceAsync(
            PlainOrchestration.Name, new PlainInput(Load.Tasks, "payload"), new StartOrchestrationOptions("plain-" + name)));

        Task<double> OursAsync(string prefix, int count) => MeasureAsync(prefix, count, name =>
            instance.Executions.StartAsync(AzureExecutions.Request(name, Load, "payload"), CancellationToken.None));
    }

    private static async Task<double> MeasureAsync(string prefix, int count, Func<string, Task> start)
    {
        var watch = Stopwatch.StartNew();
        for (int number = 0; number < count; number++)
        {
            await start(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}"));
        }

        return watch.Elapsed.TotalMilliseconds / count;
    }
}

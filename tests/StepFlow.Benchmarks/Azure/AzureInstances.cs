using StepFlow.Functions.TaskHub;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Azure;

/// <summary>
/// Executions with two instances of the app on one task hub, against one instance on the same hub: one, two, and one again,
/// so that both meet about the same load of the machine. The instances are in this process and share its processors.
/// </summary>
internal sealed class AzureInstances : IBenchmark
{
    private const string Name = "azure-two-instances";

    private static readonly AzureCase Load = new(Name, 50, 200, 5, 100);

    public IReadOnlyList<string> Names { get; } = [Name];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        if (!run.IsChosen(Name))
        {
            return [];
        }

        AzureCase load = run.IsShort ? Load with { Executions = Load.Concurrency } : Load;
        await using Azurite azurite = await Azurite.StartAsync();
        const string Prefix = "bench-";
        await TestApp.CreateContainersAsync(azurite.ConnectionString, Prefix);
        await using HubInstance first = await StartAsync("one", new EchoTasks());
        double before = await MeasureAsync(first, load, "before");
        double two, share;
        var tasks = new EchoTasks();
        await using (await StartAsync("two", tasks))
        {
            two = await MeasureAsync(first, load, "two");
            share = 100.0 * tasks.Count / (load.Tasks * (load.Executions + load.Concurrency));
        }

        double after = await MeasureAsync(first, load, "after");
        return
        [
            new Figure(Name, two, (before + after) / 2, "ms/execution") { LessIsBetter = true },
            new Figure(Name + "-share", share, null, "%"),
        ];

        Task<HubInstance> StartAsync(string worker, EchoTasks tasks) => HubInstance.StartAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = "bench", WorkerId = worker },
            new() { ConnectionString = azurite.ConnectionString, Prefix = Prefix, Tasks = tasks });
    }
    /// <summary>Measures a load after some executions that are not measured: they warm up, and the instances share the partitions after them.</summary>
    private static async Task<double> MeasureAsync(HubInstance instance, AzureCase load, string prefix)
    {
        await AzureExecutions.MeasureOursAsync(instance, load with { Executions = load.Concurrency }, prefix + "-warm");
        return await AzureExecutions.MeasureOursAsync(instance, load, prefix);
    }
}

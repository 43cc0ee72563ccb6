using System.Globalization;
using System.Runtime;
using StepFlow.Benchmarks;
using StepFlow.Benchmarks.Durable;

// usage: StepFlow.Benchmarks [--short] [NAME...]
switch (args)
{
    case [WaitingExecutions.ChildArgument, var folder]:
        await WaitingExecutions.MeasureRecoveryAsync(folder);
        return 0;
    case [DistributedMaps.ChildArgument, var folder, var type, var items]:
        await DistributedMaps.MeasureRunAsync(folder, type, int.Parse(items, CultureInfo.InvariantCulture));
        return 0;
}

bool isShort = args.Contains("--short");
string[] names = [.. args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal))];
IBenchmark[] chosen = [.. BenchmarkCatalog.All.Where(benchmark => names.Length == 0 || names.Any(name => benchmark.Names.Contains(name)))];
if (chosen.Length == 0)
{
    System.Console.Error.WriteLine($"No benchmark is called {string.Join(" or ", names)}. Known: {string.Join(", ", BenchmarkCatalog.All.SelectMany(benchmark => benchmark.Names))}");
    return 2;
}

GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
foreach (IBenchmark benchmark in chosen)
{
    foreach (Figure figure in await benchmark.RunAsync(new BenchmarkRun(isShort, names)))
    {
        System.Console.WriteLine(figure);
    }
}

return 0;

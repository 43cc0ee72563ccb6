using System.Globalization;
using StepFlow.Reliability;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Workloads;

// usage: StepFlow.Reliability [--minutes N] [--seed S] [--kinds A,B] [--faults A,B] [--rate N] [--between SECONDS] [--artifacts DIR]
string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and int index && index + 1 < args.Length ? args[index + 1] : null;
double Number(string name, double otherwise) => Argument(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
string[] Names(string name, string[] otherwise) => Argument(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? otherwise;

string[] kinds = [.. WorkloadCatalog.Create().Select(static workload => workload.Name)];
var options = new RunOptions
{
    Seed = (int)Number("--seed", Random.Shared.Next()),
    Load = TimeSpan.FromMinutes(Number("--minutes", 1)),
    Kinds = Names("--kinds", kinds),
    Faults = Names("--faults", ["kill", "restart"]),
    Rate = Number("--rate", 40),
    SecondsBetweenFaults = Number("--between", 6),
    Artifacts = Argument("--artifacts"),
};
if (options.Kinds.Except(kinds).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no kind '{unknown}'. Known: {string.Join(", ", kinds)}.");
    return 2;
}

Console.WriteLine($"seed {options.Seed}, {options.Load.TotalSeconds:0} s of load, kinds {string.Join(",", options.Kinds)}, faults {string.Join(",", options.Faults)}");
RunReport report = await ReliabilityRun.RunAsync(options, Console.Out, CancellationToken.None);
foreach (string figure in report.Figures)
{
    Console.WriteLine(figure);
}

foreach (Problem problem in report.Problems.Take(100))
{
    Console.WriteLine(problem);
}

foreach (IGrouping<string, Problem> kind in report.Problems.GroupBy(static problem => problem.Kind))
{
    Console.WriteLine($"{kind.Key}: {kind.Count()} problems");
}

Console.WriteLine(report.Problems.Count == 0 ? "Everything held." : $"{report.Problems.Count} problems.");
return report.Problems.Count == 0 ? 0 : 1;

using System.Globalization;
using System.Runtime.InteropServices;
using StepFlow.Reliability;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Faults;
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
    Faults = Names("--faults", FaultCatalog.Names),
    Rate = Number("--rate", 40),
    SecondsBetweenFaults = Number("--between", 6),
    Artifacts = Argument("--artifacts"),
};
if (options.Kinds.Except(kinds).Concat(options.Faults.Except(FaultCatalog.Names)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is neither a kind ({string.Join(", ", kinds)}) nor a fault ({string.Join(", ", FaultCatalog.Names)}).");
    return 2;
}

Console.WriteLine($"seed {options.Seed}, {options.Load.TotalSeconds:0} s of load, kinds {string.Join(",", options.Kinds)}, faults {string.Join(",", options.Faults)}");

// Asked to stop, it takes the server and the disk with it.
using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
RunReport report = await ReliabilityRun.RunAsync(options, Console.Out, stopping.Token);
foreach (string figure in report.Figures)
{
    Console.WriteLine(figure);
}

foreach (IGrouping<string, Problem> kind in report.Problems.GroupBy(static problem => problem.Kind))
{
    Console.WriteLine($"{kind.Key}: {kind.Count()} problems, such as");
    foreach (Problem problem in kind.Take(5))
    {
        Console.WriteLine($"  {problem}");
    }
}

Console.WriteLine(report.Problems.Count == 0 ? "Everything held." : $"{report.Problems.Count} problems.");
return report.Problems.Count == 0 ? 0 : 1;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}

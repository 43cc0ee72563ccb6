using System.Globalization;
using System.Runtime.InteropServices;
using StepFlow.Reliability;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Faults;
using StepFlow.Reliability.Proofs;
using StepFlow.Reliability.Workloads;

const string Usage = """
    usage: StepFlow.Reliability [--minutes N] [--seed S] [--kinds A,B] [--faults A,B] [--rate N] [--between SECONDS] [--artifacts DIR]
           StepFlow.Reliability --proof NAME [--minutes N] [--artifacts DIR]
    """;
string[] names = ["--minutes", "--seed", "--kinds", "--faults", "--rate", "--between", "--artifacts", "--proof"];
if (args.Contains("--help"))
{
    Console.WriteLine(Usage);
    return 0;
}

if (args.Where(static (_, index) => index % 2 == 0).FirstOrDefault(name => !names.Contains(name)) is { } unknownOption)
{
    Console.Error.WriteLine($"Unknown option '{unknownOption}'.\n{Usage}");
    return 2;
}

if (args.Length % 2 != 0)
{
    Console.Error.WriteLine($"The option '{args[^1]}' needs a value.\n{Usage}");
    return 2;
}

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
IProof? proof = ProofCatalog.All.FirstOrDefault(one => one.Name == Argument("--proof"));
if (Argument("--proof") is { } missing && proof is null)
{
    Console.Error.WriteLine($"Unknown proof '{missing}'. Known proofs: {string.Join(", ", ProofCatalog.All.Select(static one => one.Name))}.");
    return 2;
}

if (options.Kinds.Except(kinds).Concat(options.Faults.Except(FaultCatalog.Names)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is neither a kind ({string.Join(", ", kinds)}) nor a fault ({string.Join(", ", FaultCatalog.Names)}).");
    return 2;
}

// Asked to stop, it takes the server and the disk with it.
using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return Report(proof is null ? await MixAsync() : await ProveAsync(proof));
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}

async Task<IReadOnlyList<Problem>> MixAsync()
{
    Console.WriteLine($"seed {options.Seed}, {options.Load.TotalSeconds:0} s of load, kinds {string.Join(",", options.Kinds)}, faults {string.Join(",", options.Faults)}");
    RunReport report = await ReliabilityRun.RunAsync(options, Console.Out, stopping.Token);
    foreach (string figure in report.Figures)
    {
        Console.WriteLine(figure);
    }

    return report.Problems;
}

async Task<IReadOnlyList<Problem>> ProveAsync(IProof one)
{
    await using TestBed bed = await TestBed.StartAsync(TimeSpan.Zero, one.Faults, withStorage: false, options.Artifacts, stopping.Token);
    using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
    deadline.CancelAfter(options.Load + options.Deadline);
    try
    {
        return await one.RunAsync(bed, options.Load, Console.Out, deadline.Token);
    }
    catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
    {
        string failures = string.Join("; ", bed.Client.Failures.Select(static failure => $"{failure.Value} times {failure.Key}"));
        return [new(one.Name, "deadline", $"It was not over in time. The server {(bed.Server.HasExited ? "ended by itself" : "runs")}. It responded with {failures}.")];
    }
}

int Report(IReadOnlyList<Problem> problems)
{
    foreach (IGrouping<string, Problem> kind in problems.GroupBy(static problem => problem.Kind))
    {
        Console.WriteLine($"{kind.Key}: {kind.Count()} problems, such as");
        foreach (Problem problem in kind.Take(5))
        {
            Console.WriteLine($"  {problem}");
        }
    }

    Console.WriteLine(problems.Count == 0 ? "No problems." : $"{problems.Count} problems.");
    return problems.Count == 0 ? 0 : 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}

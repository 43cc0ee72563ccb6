using System.Runtime.CompilerServices;

namespace StepFlow.Fuzzing.Tests;

/// <summary>What scripts/fuzz.sh calls; everything else is the test runner's.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["targets"]:
                foreach (FuzzTarget target in FuzzTargets.All)
                {
                    System.Console.WriteLine(target.Name);
                }

                return Task.FromResult(0);
            case ["seeds", var name, var folder]:
                Seed(FuzzTargets.Find(name), folder);
                return Task.FromResult(0);
            case ["instrument", var folder]:
                Instrument(folder);
                return Task.FromResult(0);
            case ["run", var name]:
                Run(name);
                return Task.FromResult(0);
            case ["once", var name, var file]:
                FuzzTargets.Find(name).Run(File.ReadAllBytes(file));
                return Task.FromResult(0);
            default:
                return Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        }
    }

    /// <summary>Counts the branches of the projects' own code: after this only the fuzzer can run them.</summary>
    private static void Instrument(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.dll").Where(static file => Path.GetFileName(file) is var name
            && (name.StartsWith("StepFlow.", StringComparison.Ordinal) || name == "stepflow.dll") && !name.Contains(".Test", StringComparison.Ordinal) && name != "StepFlow.Fuzzing.Tests.dll"))
        {
            SharpFuzz.Fuzzer.Instrument(file, static _ => true, SharpFuzz.Options.Value);
            System.Console.WriteLine(Path.GetFileName(file));
        }
    }

    private static void Seed(FuzzTarget target, string folder)
    {
        Directory.CreateDirectory(folder);
        for (int seed = 0; seed < target.Seeds.Count; seed++)
        {
            File.WriteAllText(Path.Combine(folder, $"seed-{seed}"), target.Seeds[seed]);
        }
    }

    // Not inlined: nothing of SharpFuzz's is loaded for the tests. Nothing of the instrumented code may run before it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(string target) => SharpFuzz.Fuzzer.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        FuzzTargets.Find(target).Run(input.ToArray());
    });
}

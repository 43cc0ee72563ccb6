using StepFlow.Conformance.Tests.Asl;
using StepFlow.Conformance.Tests.Definitions;
using StepFlow.Conformance.Tests.Jsonata;

namespace StepFlow.Conformance.Tests;

/// <summary>Runs the suites and prints a line for each; what failed goes to files.</summary>
internal static class SuiteReport
{
    /// <summary>Arguments: the corpus, the folder for the failures, and optionally a text that the ids must contain.</summary>
    public static int Run(string[] args)
    {
        string corpus = args[0];
        string folder = args[1];
        Directory.CreateDirectory(folder);
        if (Has(corpus, AslSuite.Name))
        {
            Print(AslSuite.Name, AslSuite.Run(corpus, args.Length > 2 ? args[2] : null), folder);
        }

        if (Has(corpus, "definitions"))
        {
            PrintDefinitions(corpus, folder);
        }

        if (Has(corpus, JsonataSuite.Name))
        {
            Print(JsonataSuite.Run(corpus), folder);
        }

        return 0;
    }

    /// <summary>Whether a corpus holds a suite; reports an error if it does not.</summary>
    private static bool Has(string corpus, string suite)
    {
        bool has = Directory.Exists(Path.Combine(corpus, suite));
        if (!has)
        {
            Console.WriteLine($"{suite}: not in this corpus");
        }

        return has;
    }

    private static void PrintDefinitions(string corpus, string folder)
    {
        Print(DefinitionsSuite.Run(corpus), folder);
        Console.WriteLine($"  argued {ArguedVerdicts.All.Count()}: the service's own rules differ from the authors' verdict (definitions-argued.txt)");
        File.WriteAllLines(
            Path.Combine(folder, "definitions-argued.txt"),
            ArguedVerdicts.All.Select(verdict => $"{verdict.Id}: {(verdict.Accepted ? "accepted" : "refused")}. {verdict.Reason}"));
    }

    private static void Print(SuiteResult result, string folder)
    {
        Console.WriteLine(result);
        File.WriteAllLines(Path.Combine(folder, result.Name + "-failures.txt"), result.Failures.Select(failure => $"{failure.Id}\n    {failure.Difference}"));
    }

    private static void Print(string suite, IReadOnlyList<CaseResult> cases, string folder)
    {
        Console.WriteLine($"{suite}: {Counts(cases)}");
        foreach (IGrouping<string, CaseResult> kind in cases.GroupBy(result => result.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {kind.Key}: {Counts([.. kind])}");
        }

        foreach (IGrouping<string, CaseResult> reason in cases.Where(result => result.Skip is not null).GroupBy(result => result.Skip!))
        {
            Console.WriteLine($"  skipped {reason.Count()}: {reason.Key}");
        }

        File.WriteAllLines(Path.Combine(folder, suite + "-failures.txt"), cases.Where(result => result.Failure is not null).Select(result => $"{result.Id}\n    {result.Failure}"));
    }

    private static string Counts(IReadOnlyCollection<CaseResult> cases) =>
        $"{cases.Count(result => result.Passed)} passed, {cases.Count(result => result.Failure is not null)} failed, {cases.Count(result => result.Skip is not null)} skipped";
}

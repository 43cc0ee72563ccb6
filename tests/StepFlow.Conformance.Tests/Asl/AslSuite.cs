using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Replays the recorded cases of AWS Step Functions.</summary>
internal static class AslSuite
{
    /// <summary>The suite's name.</summary>
    public const string Name = "asl";

    /// <summary>Runs all cases of a corpus, a few at a time.</summary>
    /// <param name="corpus">The folder that holds <c>asl</c>.</param>
    /// <param name="filter">Only cases whose id contains this; null for all.</param>
    public static IReadOnlyList<CaseResult> Run(string corpus, string? filter = null)
    {
        string folder = Path.Combine(corpus, "asl");
        JsonObject handlers = (JsonObject)JsonValue.Parse(File.ReadAllBytes(Path.Combine(folder, "handlers.json")));
        string[] files = [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file) != folder)
            .Order(StringComparer.Ordinal)];
        var results = new CaseResult?[files.Length];
        Parallel.For(0, files.Length, index =>
        {
            AslCase aslCase = AslCase.Read(files[index]);
            if (filter is null || aslCase.Id.Contains(filter, StringComparison.Ordinal))
            {
                results[index] = RunCase(aslCase, handlers);
            }
        });
        return [.. results.OfType<CaseResult>().OrderBy(result => result.Id, StringComparer.Ordinal)];
    }

    private static CaseResult RunCase(AslCase aslCase, JsonObject handlers)
    {
        string kind = aslCase.Kind + (aslCase.UsesJsonata ? " jsonata" : string.Empty);
        if (CaseKinds.Find(aslCase.Kind) is not { } runner)
        {
            return new(aslCase.Id, kind, null, $"kind {aslCase.Kind} is not run yet");
        }

        try
        {
            using var run = new CaseRun(aslCase, handlers);
            Task<Difference?> task = runner(run);
            if (!task.Wait(TimeSpan.FromSeconds(20)))
            {
                return new(aslCase.Id, kind, "did not end: something waits for what never comes", null);
            }

            return run.World.MissingDouble is { } missing
                ? new(aslCase.Id, kind, null, missing)
                : new(aslCase.Id, kind, task.Result?.ToString(), null);
        }
        catch (AggregateException exception)
        {
            return new(aslCase.Id, kind, exception.InnerException!.ToString(), null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new(aslCase.Id, kind, exception.ToString(), null);
        }
    }
}

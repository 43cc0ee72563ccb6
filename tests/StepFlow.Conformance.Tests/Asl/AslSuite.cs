using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Replays the recorded cases of AWS Step Functions.</summary>
internal static class AslSuite
{
    /// <summary>The suite's name.</summary>
    public const string Name = "asl";

    /// <summary>How long a case may take in real time, on a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs all cases of a corpus, a few at a time.</summary>
    /// <param name="corpus">The folder that holds <c>asl</c>.</param>
    /// <param name="filter">Only cases whose id contains this; null for all.</param>
    public static IReadOnlyList<CaseResult> Run(string corpus, string? filter = null)
    {
        string folder = Path.Combine(corpus, "asl");
        string described = Path.Combine(folder, "handlers.json");
        JsonObject handlers = File.Exists(described) ? (JsonObject)JsonValue.Parse(File.ReadAllBytes(described)) : JsonObject.Empty;
        string[] files = [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file) != folder)
            .Order(StringComparer.Ordinal)];
        var results = new CaseResult?[files.Length];
        Parallel.For(0, files.Length, index =>
        {
            results[index] = RunFile(files[index], handlers, filter);
        });
        return [.. results.OfType<CaseResult>().OrderBy(result => result.Id, StringComparer.Ordinal)];
    }

    private static CaseResult? RunFile(string file, JsonObject handlers, string? filter)
    {
        AslCase aslCase;
        try
        {
            aslCase = AslCase.Read(file);
        }
        catch (Exception exception) when (exception is JsonFormatException or InvalidCastException)
        {
            return new(file, "unreadable", exception.Message, null);
        }

        return filter is null || aslCase.Id.Contains(filter, StringComparison.Ordinal) ? RunCase(aslCase, handlers) : null;
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

            // Virtual time passes on the thread that starts it: a case that waits for what never comes keeps it.
            Task<Difference?> task = Task.Run(() => runner(run));
            if (!task.Wait(Limit))
            {
                return new(aslCase.Id, kind, "did not end: something waits for what never comes", null);
            }

            string? skipped = run.World.MissingDouble ?? (task.Result is null ? null : run.World.Unrecorded);
            return skipped is null
                ? new(aslCase.Id, kind, task.Result?.ToString(), null)
                : new(aslCase.Id, kind, null, skipped);
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

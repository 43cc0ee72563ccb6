using System.Diagnostics;
using System.Globalization;
using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary><c>scripts/fuzz.sh</c>: fuzzes for as long as asked. Its seed repeats it.</summary>
internal static class FuzzProgram
{
    /// <summary>Calls on one service: what it keeps in memory stays small.</summary>
    private const int CallsOfOneService = 500;

    /// <summary>The characters of the slowest request that are shown.</summary>
    private const int LongestRequest = 2000;

    private static readonly TimeSpan CallerTimeout = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Minutes and seed; the seed may be missing.</param>
    /// <returns>0 if every response matched the API model and came in time.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        double minutes = double.Parse(arguments[0], CultureInfo.InvariantCulture);
        string seed = arguments.ElementAtOrDefault(1) ?? Random.Shared.Next(1_000_000).ToString(CultureInfo.InvariantCulture);
        Console.WriteLine($"seed {seed}");
        var clock = Stopwatch.StartNew();
        int services = 0, calls = 0, accepted = 0, problems = 0;
        (TimeSpan Duration, string Operation, JsonObject Request) slowest = (TimeSpan.Zero, "none", JsonObject.Empty);
        while (clock.Elapsed.TotalMinutes < minutes)
        {
            using var run = new FuzzRun($"{seed}/{services++}", CallerTimeout);
            foreach (FuzzProblem problem in await run.RunAsync(CallsOfOneService))
            {
                problems++;
                Console.WriteLine($"{seed}/{services - 1}: {problem}");
            }

            calls += run.Calls;
            accepted += run.Accepted;
            slowest = run.Slowest.Duration > slowest.Duration ? run.Slowest : slowest;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{calls} calls on {services} services in {clock.Elapsed.TotalMinutes:0.0} minutes, {accepted} accepted, {problems} wrong; the slowest took {slowest.Duration.TotalMilliseconds:0} ms ({slowest.Operation})"));
        string request = slowest.Request.ToString();
        Console.WriteLine($"  {(request.Length > LongestRequest ? request[..LongestRequest] + "…" : request)}");
        return problems == 0 ? 0 : 1;
    }
}

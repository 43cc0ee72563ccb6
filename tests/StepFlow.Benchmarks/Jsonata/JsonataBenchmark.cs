using System.Diagnostics;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Jsonata;

namespace StepFlow.Benchmarks.Jsonata;

/// <summary>Evaluations per second against npm jsonata, with the expression parsed before and with parsing included.</summary>
internal sealed class JsonataBenchmark : IBenchmark
{
    private const int Rounds = 5;

    /// <summary>Long enough for either side's compiler to have optimised what is measured.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    private static readonly JsonataEnvironment Environment = new()
    {
        Instant = DateTimeOffset.UnixEpoch,
        Entropy = new Entropy(1),
        Functions = JsonataFunctionSet.Aws,
    };

    public IReadOnlyList<string> Names { get; } = ["jsonata"];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        TimeSpan round = TimeSpan.FromMilliseconds(run.IsShort ? 40 : 200);
        using JsonataPeer? peer = await JsonataPeer.StartAsync(JsonataCases.All, Rounds, round, WarmUp);
        var figures = new List<Figure>();
        for (int i = 0; i < JsonataCases.All.Count; i++)
        {
            JsonataCase item = JsonataCases.All[i];
            JsonataExpression expression = Parse(item);
            (double Warm, double Parsed)? rates = peer is null ? null : await peer.MeasureAsync(i);
            figures.Add(new($"jsonata-{item.Name}", Rate(() => Evaluate(expression, item), round), rates?.Warm, "ops/s"));
            figures.Add(new($"jsonata-{item.Name}-parsed", Rate(() => Evaluate(Parse(item), item), round), rates?.Parsed, "ops/s"));
            figures.Add(new($"jsonata-{item.Name}-allocated", Allocated(() => Evaluate(expression, item)), null, "B/op"));
        }

        return figures;
    }

    private static JsonataExpression Parse(JsonataCase item) => JsonataExpression.TryParse(item.Expression, out JsonataExpression? expression, out JsonataError? error)
        ? expression
        : throw new InvalidOperationException($"{item.Name}: {error}");

    private static void Evaluate(JsonataExpression expression, JsonataCase item)
    {
        JsonataResult result = expression.Evaluate(item.Input, JsonataBindings.Empty, Environment);
        if (result.Value is null)
        {
            throw new InvalidOperationException($"{item.Name}: {result.Error?.ToString() ?? "undefined"}");
        }
    }

    /// <summary>The best of some rounds, in operations a second: what else the machine does only ever slows down.</summary>
    private static double Rate(Action operation, TimeSpan round)
    {
        RunFor(operation, WarmUp);
        return Enumerable.Range(0, Rounds).Max(_ => RunFor(operation, round));
    }

    private static double RunFor(Action operation, TimeSpan time)
    {
        long count = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            for (int i = 0; i < 8; i++)
            {
                operation();
            }

            count += 8;
        }
        while (watch.Elapsed < time);
        return count / watch.Elapsed.TotalSeconds;
    }

    private static double Allocated(Action operation)
    {
        const int Times = 16;
        operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
        {
            operation();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}

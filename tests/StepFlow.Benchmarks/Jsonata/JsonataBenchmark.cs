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
        IReadOnlyDictionary<string, double> peer = await JsonataPeer.MeasureAsync(JsonataCases.All, Rounds, round, WarmUp);
        var figures = new List<Figure>();
        foreach (JsonataCase item in JsonataCases.All)
        {
            JsonataExpression expression = Parse(item);
            string warm = $"jsonata-{item.Name}";
            string cold = $"jsonata-{item.Name}-parsed";
            figures.Add(new(warm, Rate(() => Evaluate(expression, item), round), Find(peer, warm), "ops/s"));
            figures.Add(new(cold, Rate(() => Evaluate(Parse(item), item), round), Find(peer, cold), "ops/s"));
            figures.Add(new($"jsonata-{item.Name}-allocated", Allocated(() => Evaluate(expression, item)), null, "B/op"));
        }

        return figures;
    }

    private static double? Find(IReadOnlyDictionary<string, double> figures, string name) => figures.TryGetValue(name, out double value) ? value : null;

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

    /// <summary>The median of some rounds, in operations a second.</summary>
    private static double Rate(Action operation, TimeSpan round)
    {
        RunFor(operation, WarmUp);
        double[] rates = [.. Enumerable.Range(0, Rounds).Select(_ => RunFor(operation, round)).Order()];
        return rates[Rounds / 2];
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

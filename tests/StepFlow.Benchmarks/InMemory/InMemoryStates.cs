using System.Diagnostics;
using StepFlow.Benchmarks.Peers;
using StepFlow.Execution;
using StepFlow.Language.Compilation;
using StepFlow.Language.Json;
using StepFlow.Language.Loading;
using StepFlow.Runtime.InMemory;

namespace StepFlow.Benchmarks.InMemory;

/// <summary>States and Map items a second in memory, against npm aws-local-stepfunctions; and what a state allocates.</summary>
internal sealed class InMemoryStates : IBenchmark
{
    private const int Rounds = 1000;
    private const int Items = 10_000;

    private const string Loop = """
        {"StartAt":"Add","States":{
          "Add":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"More?"},
          "More?":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":1000,"Next":"Add"}],"Default":"Done"},
          "Done":{"Type":"Succeed"}}}
        """;

    private const string Map = """
        {"StartAt":"Each","States":{"Each":{"Type":"Map","End":true,"ItemProcessor":{
          "ProcessorConfig":{"Mode":"INLINE"},"StartAt":"Item","States":{"Item":{"Type":"Pass","End":true}}}}}}
        """;

    public IReadOnlyList<string> Names { get; } = ["in-memory-states", "in-memory-map", "bytes-per-state"];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        double seconds = run.IsShort ? 2 : 8;
        var figures = new List<Figure>();
        if (run.IsChosen("in-memory-states") || run.IsChosen("bytes-per-state"))
        {
            const int States = (2 * Rounds) + 1;
            (double ours, double bytes) = await MeasureAsync(Loop, """{"n":0}""", States, seconds);
            if (run.IsChosen("in-memory-states"))
            {
                figures.Add(new Figure("in-memory-states", ours, await LocalStepFunctionsPeer.MeasureAsync(Loop, """{"n":0}""", States, seconds), "states/s"));
            }

            figures.Add(new Figure("bytes-per-state", bytes, null, "bytes"));
        }

        if (run.IsChosen("in-memory-map"))
        {
            string items = $"[{string.Join(',', Enumerable.Range(0, Items))}]";
            (double ours, _) = await MeasureAsync(Map, items, Items, seconds);
            figures.Add(new Figure("in-memory-map", ours, await LocalStepFunctionsPeer.MeasureAsync(Map, items, Items, seconds), "items/s"));
        }

        return figures;
    }

    private static async Task<(double PerSecond, double BytesPerUnit)> MeasureAsync(string definition, string input, int units, double seconds)
    {
        StateMachine machine = StateMachineLoader.Load(definition).Machine ?? throw new InvalidOperationException("The definition is not valid.");
        JsonValue data = JsonValue.Parse(input);
        var runner = new InMemoryRunner(new InMemoryOptions { Tasks = new Durable.CountingTasks() });
        await RunAsync(runner, machine, data, seconds / 2);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        (int executions, double elapsed) = await RunAsync(runner, machine, data, seconds);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        return ((double)executions * units / elapsed, (double)allocated / ((double)executions * units));
    }

    private static async Task<(int Executions, double Seconds)> RunAsync(InMemoryRunner runner, StateMachine machine, JsonValue input, double seconds)
    {
        var watch = Stopwatch.StartNew();
        int executions = 0;
        do
        {
            ExecutionStart start = Durable.CountingLoop.Request("memory", string.Empty).Start with { Input = input };
            InMemoryExecution execution = await runner.RunAsync(machine, start, null, CancellationToken.None);
            if (execution.Status != ExecutionStatus.Succeeded)
            {
                throw new InvalidOperationException($"The execution ended {execution.Status}: {execution.Error}");
            }

            executions++;
        }
        while (watch.Elapsed.TotalSeconds < seconds);
        return (executions, watch.Elapsed.TotalSeconds);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using StepFlow.Execution;
using StepFlow.Functions.TaskHub;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Azure;

/// <summary>
/// Executions on the durable back end of Azure Storage (the emulator), against an orchestrator written by hand that calls
/// activities of the same sort, on the same task hub.
/// </summary>
internal sealed class AzureExecutions : IBenchmark
{
    private static readonly AzureCase[] Cases =
    [
        new("azure-1", 1, 30, 5, 100),
        new("azure-10", 10, 100, 5, 100),
        new("azure-50", 50, 200, 5, 100),
        new("azure-chain-100", 1, 3, 100, 100),
        new("azure-chain-300", 1, 2, 300, 100),
        new("azure-200kb", 1, 10, 5, 200 * 1024),
    ];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(item => item.Name)];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach (AzureCase item in Cases.Where(item => run.IsChosen(item.Name)))
        {
            AzureCase load = run.IsShort ? item with { Executions = Math.Max(item.Concurrency, item.Executions / 5) } : item;
            await using Azurite azurite = await Azurite.StartAsync();
            string prefix = "bench-";
            await TestApp.CreateContainersAsync(azurite.ConnectionString, prefix);
            await using HubInstance instance = await HubInstance.StartAsync(
                new() { ConnectionString = azurite.ConnectionString, Name = "bench", WorkerId = "one" },
                new() { ConnectionString = azurite.ConnectionString, Prefix = prefix, Tasks = new EchoTasks() },
                PlainOrchestration.Register);
            string payload = Payload(load);

            // What is stored beside executions that have ended is measured with them.
            Task Idle() => instance.IdleAsync(CancellationToken.None);

            // Each warms up by a tenth; then they take turns, so that both meet the same load of the machine.
            await MeasureAsync(load with { Executions = Math.Max(1, load.Executions / 10) }, "warm", Idle, (name, load) => RunPlainAsync(instance, name, load, payload));
            await MeasureAsync(load with { Executions = Math.Max(1, load.Executions / 10) }, "warm", Idle, (name, load) => RunOursAsync(instance, name, load, payload));
            double peer = await MeasureAsync(load, "one", Idle, (name, load) => RunPlainAsync(instance, name, load, payload));
            double ours = await MeasureAsync(load, "one", Idle, (name, load) => RunOursAsync(instance, name, load, payload));
            ours += await MeasureAsync(load, "two", Idle, (name, load) => RunOursAsync(instance, name, load, payload));
            peer += await MeasureAsync(load, "two", Idle, (name, load) => RunPlainAsync(instance, name, load, payload));
            figures.Add(new Figure(item.Name, ours / 2, peer / 2, "ms/execution") { LessIsBetter = true });
        }

        return figures;
    }

    /// <summary>Runs executions.</summary>
    /// <returns>Milliseconds an execution, with what is stored beside those that have ended.</returns>
    public static Task<double> MeasureOursAsync(HubInstance instance, AzureCase load, string prefix)
    {
        string payload = Payload(load);
        return MeasureAsync(load, prefix, () => instance.IdleAsync(CancellationToken.None), (name, item) => RunOursAsync(instance, name, item, payload));
    }

    private static string Payload(AzureCase load) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(load.PayloadBytes * 3 / 4));

    private static async Task<double> MeasureAsync(AzureCase load, string prefix, Func<Task> idle, Func<string, AzureCase, Task> execute)
    {
        int next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, load.Concurrency).Select(_ => Task.Run(async () =>
        {
            for (int number = Interlocked.Increment(ref next); number <= load.Executions; number = Interlocked.Increment(ref next))
            {
                await execute(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}"), load);
            }
        })));
        await idle();
        return watch.Elapsed.TotalMilliseconds / load.Executions;
    }

    /// <summary>Runs the orchestrator written by hand.</summary>
    public static async Task RunPlainAsync(HubInstance instance, string name, AzureCase load, string payload)
    {
        string id = await instance.Client.ScheduleNewOrchestrationInstanceAsync(
            PlainOrchestration.Name, new PlainInput(load.Tasks, payload), new StartOrchestrationOptions("plain-" + name));
        OrchestrationMetadata ended = await instance.Client.WaitForInstanceCompletionAsync(id);
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new InvalidOperationException($"{id} ended {ended.RuntimeStatus}: {ended.FailureDetails?.ErrorMessage}");
        }
    }

    /// <summary>Runs an execution.</summary>
    public static async Task RunOursAsync(HubInstance instance, string name, AzureCase load, string payload)
    {
        ExecutionRequest request = Request(name, load, payload);
        await instance.Executions.StartAsync(request, CancellationToken.None);
        ExecutionRecord ended = (await instance.Executions.WaitAsync(request.Start.ExecutionArn, CancellationToken.None))!;
        if (ended.Status != ExecutionStatus.Succeeded)
        {
            throw new InvalidOperationException($"{name} ended {ended.Status}: {ended.Error} {ended.Cause}");
        }
    }

    /// <summary>How an execution is started.</summary>
    public static ExecutionRequest Request(string name, AzureCase load, string payload) => new(
        new ExecutionStart
        {
            ExecutionArn = $"arn:aws:states:us-east-1:123456789012:execution:Bench:{name}",
            Name = name,
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Bench",
            StateMachineName = "Bench",
            RoleArn = "arn:aws:iam::123456789012:role/Bench",
            Input = new JsonString(payload),
            StartTime = TimeProvider.System.GetUtcNow(),
            TokenSecret = "0123456789abcdef0123456789abcdef",
        },
        Definition(load.Tasks));

    /// <summary>A machine of so many tasks.</summary>
    public static string Definition(int tasks)
    {
        IEnumerable<string> states = Enumerable.Range(1, tasks).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "S{{number}}":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:echo",{{(number == tasks ? "\"End\":true" : $"\"Next\":\"S{number + 1}\"")}} }
            """));
        return $$"""{"StartAt":"S1","States":{ {{string.Join(',', states)}} } }""";
    }
}

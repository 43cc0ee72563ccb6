using System.Diagnostics;
using System.Globalization;
using Microsoft.DurableTask;
using StepFlow.Functions.TaskHub;
using StepFlow.Language.Json;
using StepFlow.Service;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Azure;

/// <summary>
/// What StartExecution takes, and what it asks of the storage account, against the start of an orchestrator written by hand,
/// on a task hub that nobody works on.
/// </summary>
internal sealed class AzureStarts : IBenchmark
{
    private const string Name = "azure-start";
    private const string Blobs = Name + "-blob-requests";
    private const string Tables = Name + "-table-requests";
    private const string Messages = Name + "-messages";
    private const int Starts = 200;

    private static readonly AzureCase Load = new(Name, 1, Starts, 5, 100);

    public IReadOnlyList<string> Names { get; } = [Name, Blobs, Tables, Messages];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        if (!Names.Any(run.IsChosen))
        {
            return [];
        }

        await using Azurite azurite = await Azurite.StartAsync();
        const string Prefix = "bench-";
        await TestApp.CreateContainersAsync(azurite.ConnectionString, Prefix);
        await using HubInstance instance = await HubInstance.OpenClientAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = "bench", WorkerId = "one" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = Prefix, Tasks = new EchoTasks() });
        var service = instance.App.Get<StepFunctionsService>();
        JsonObject machine = await CallAsync(
            "CreateStateMachine", ("name", "Bench"), ("definition", AzureExecutions.Definition(Load.Tasks)), ("roleArn", "arn:aws:iam::123456789012:role/Bench"));
        using var counter = new RequestCounter(azurite.ConnectionString);
        int starts = run.IsShort ? Starts / 5 : Starts;
        await PlainAsync("warm", starts / 5);
        await OursAsync("warm", starts / 5);
        (double peer, StorageRequests peerRequests) = await CountAsync(PlainAsync, "one");
        (double ours, StorageRequests oursRequests) = await CountAsync(OursAsync, "one");
        ours += await OursAsync("two", starts);
        peer += await PlainAsync("two", starts);
        return
        [
            .. ((ReadOnlySpan<Figure>)[
                new(Name, ours / 2, peer / 2, "ms/start") { LessIsBetter = true },
                new(Blobs, oursRequests.Blobs, peerRequests.Blobs, "requests/start") { LessIsBetter = true },
                new(Tables, oursRequests.Tables, peerRequests.Tables, "requests/start") { LessIsBetter = true },
                new(Messages, oursRequests.Messages, peerRequests.Messages, "messages/start") { LessIsBetter = true },
            ]).ToArray().Where(figure => run.IsChosen(figure.Name)),
        ];

        async Task<(double, StorageRequests)> CountAsync(Func<string, int, Task<double>> start, string prefix)
        {
            StorageRequests before = counter.Read();
            return (await start(prefix, starts), counter.Read().Since(before, 1.0 / starts));
        }

        Task<double> PlainAsync(string prefix, int count) => MeasureAsync(prefix, count, name => instance.Client.ScheduleNewOrchestrationInstanceAsync(
            PlainOrchestration.Name, new PlainInput(Load.Tasks, "payload"), new StartOrchestrationOptions("plain-" + name)));

        Task<double> OursAsync(string prefix, int count) => MeasureAsync(prefix, count, name =>
            CallAsync("StartExecution", ("stateMachineArn", machine["stateMachineArn"]!), ("name", name), ("input", "\"payload\"")));

        async Task<JsonObject> CallAsync(string operation, params (string Name, JsonValue Value)[] request) =>
            await service.InvokeAsync(operation, JsonObject.Create(request), CallerContext.Internal, CancellationToken.None) is { IsSuccess: true } result
                ? result.Response
                : throw new InvalidOperationException(operation + " was refused.");
    }

    private static async Task<double> MeasureAsync(string prefix, int count, Func<string, Task> start)
    {
        var watch = Stopwatch.StartNew();
        for (int number = 0; number < count; number++)
        {
            await start(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}"));
        }

        return watch.Elapsed.TotalMilliseconds / count;
    }
}

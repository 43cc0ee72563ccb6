using StepFlow.Functions.TaskHub;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Azure;

/// <summary>The requests of an execution of five tasks to the storage account, against an orchestrator written by hand: independent of how busy the machine is.</summary>
internal sealed class AzureRequests : IBenchmark
{
    private const int Executions = 40;
    private const string Messages = "azure-messages";
    private const string Blobs = "azure-blob-requests";
    private const string Tables = "azure-table-requests";

    private static readonly AzureCase Load = new("azure-requests", Executions, Executions, 5, 100);

    public IReadOnlyList<string> Names { get; } = [Messages, Blobs, Tables];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        if (!Names.Any(run.IsChosen))
        {
            return [];
        }

        await using Azurite azurite = await Azurite.StartAsync();
        const string Prefix = "bench-";
        await TestApp.CreateContainersAsync(azurite.ConnectionString, Prefix);
        await using HubInstance instance = await HubInstance.StartAsync(
            new() { ConnectionString = azurite.ConnectionString, Name = "bench", WorkerId = "one" },
            new() { ConnectionString = azurite.ConnectionString, Prefix = Prefix, Tasks = new EchoTasks() },
            PlainOrchestration.Register);
        using var counter = new RequestCounter(azurite.ConnectionString);
        await CountAsync("warm", AzureExecutions.RunPlainAsync);
        await CountAsync("warm", AzureExecutions.RunOursAsync);
        StorageRequests peer = await CountAsync("counted", AzureExecutions.RunPlainAsync);
        StorageRequests ours = await CountAsync("counted", AzureExecutions.RunOursAsync);
        return
        [
            .. ((ReadOnlySpan<Figure>)[
                new(Messages, ours.Messages, peer.Messages, "messages/execution") { LessIsBetter = true },
                new(Blobs, ours.Blobs, peer.Blobs, "requests/execution") { LessIsBetter = true },
                new(Tables, ours.Tables, peer.Tables, "requests/execution") { LessIsBetter = true },
            ]).ToArray().Where(figure => run.IsChosen(figure.Name)),
        ];

        async Task<StorageRequests> CountAsync(string name, Func<HubInstance, string, AzureCase, string, Task> execute)
        {
            StorageRequests before = counter.Read();
            await Task.WhenAll(Enumerable.Range(0, Executions).Select(number => execute(instance, $"{name}-{number}", Load, "payload")));

            // Ends are stored beside the executions: they count as well.
            await instance.IdleAsync(CancellationToken.None);
            return counter.Read().Since(before, 1.0 / Executions);
        }
    }
}

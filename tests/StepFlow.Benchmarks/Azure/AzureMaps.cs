using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using StepFlow.Execution;
using StepFlow.Functions.TaskHub;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Azure;

/// <summary>
/// Items a second of a distributed Map over the rows of a CSV blob, on the durable back end of Azure Storage (the
/// emulator), with two instances of the app in this process. Beside the rate: the most memory of the process, and the most
/// events that the history of the run's orchestration had at a time.
/// </summary>
internal sealed class AzureMaps : IBenchmark
{
    private static readonly (string Type, int Items)[] Cases = [("EXPRESS", 10_000), ("EXPRESS", 100_000), ("STANDARD", 1_000)];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(Name)];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach ((string Type, int Items) item in Cases.Where(item => run.IsChosen(Name(item))))
        {
            await using Azurite azurite = await Azurite.StartAsync();
            figures.AddRange(await MeasureAsync(Name(item), azurite.ConnectionString, item.Type, item.Items));
        }

        return figures;
    }

    private static string Name((string Type, int Items) item) =>
        string.Create(CultureInfo.InvariantCulture, $"azure-map-{item.Type.ToLowerInvariant()}-{item.Items}");

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string name, string connection, string type, int items)
    {
        const string Prefix = "bench-";
        var container = new BlobContainerClient(connection, "items");
        await container.CreateAsync();
        string rows = string.Join('\n', (string[])["id,name,value", .. Enumerable.Range(0, items).Select(static n => $"{n},item {n},{n * 3}")]);
        await container.GetBlobClient("data.csv").UploadAsync(BinaryData.FromString(rows));
        await TestApp.CreateContainersAsync(connection, Prefix);
        await using HubInstance first = await HubInstance.StartAsync(
            new() { ConnectionString = connection, Name = "bench", WorkerId = "one" }, new() { ConnectionString = connection, Prefix = Prefix, Tasks = new EchoTasks() });
        await using HubInstance second = await HubInstance.StartAsync(
            new() { ConnectionString = connection, Name = "bench", WorkerId = "two" }, new() { ConnectionString = connection, Prefix = Prefix, Tasks = new EchoTasks() });
        ExecutionRequest request = Request(type);
        double memory = 0;
        var sample = new Timer(_ => memory = Math.Max(memory, Environment.WorkingSet / 1e6), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        await first.Executions.StartAsync(request, CancellationToken.None);
        Task<ExecutionRecord?> end = first.Executions.WaitAsync(request.Start.ExecutionArn, CancellationToken.None);
        int events = 0;
        while (await Task.WhenAny(end, Task.Delay(1000)) != end)
        {
            events = Math.Max(events, await EventsAsync(first, request));
        }

        double seconds = watch.Elapsed.TotalSeconds;
        await sample.DisposeAsync();
        ExecutionRecord ended = (await end)!;
        if (ended.Status != ExecutionStatus.Succeeded)
        {
            throw new InvalidOperationException($"The Map ended {ended.Status}: {ended.Error} {ended.Cause}");
        }

        int written = await ResultsAsync(container);
        return written == items
            ?
            [
                new(name, items / seconds, null, "items/s"),
                new(name + "-memory", memory, null, "MB") { LessIsBetter = true },
                new(name + "-history", events, null, "events") { LessIsBetter = true },
            ]
            : throw new InvalidOperationException($"The result files hold {written} of {items} items.");
    }

    private static async Task<int> EventsAsync(HubInstance instance, ExecutionRequest request)
    {
        var runs = await (await instance.App.Get<IMapRuns>().SavedAsync(CancellationToken.None)).ByExecution.ListAsync(
            MapRunStore.Prefix(request.Start.ExecutionArn), null, 1, CancellationToken.None);
        return runs is [{ Value.Runner: { } runner }] ? await instance.Client.CountEventsAsync(runner) : 0;
    }

    private static async Task<int> ResultsAsync(BlobContainerClient container)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        int count = 0;
        await foreach (BlobItem blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, "out/", CancellationToken.None))
        {
            if (!blob.Name.Contains("/SUCCEEDED_", StringComparison.Ordinal))
            {
                continue;
            }

            BlobDownloadResult file = await container.GetBlobClient(blob.Name).DownloadContentAsync();
            foreach (JsonObject result in ((JsonArray)JsonValue.Parse(file.Content.ToArray())).Cast<JsonObject>())
            {
                ids.Add(((JsonString)result["Input"]!).Value);
                count++;
            }
        }

        return count == ids.Count ? count : throw new InvalidOperationException($"{count - ids.Count} items are in the result files twice.");
    }

    private static ExecutionRequest Request(string type) => new(
        new ExecutionStart
        {
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:Bench:map",
            Name = "map",
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Bench",
            StateMachineName = "Bench",
            RoleArn = "arn:aws:iam::123456789012:role/Bench",
            Input = JsonObject.Empty,
            StartTime = TimeProvider.System.GetUtcNow(),
            TokenSecret = "0123456789abcdef0123456789abcdef",
        },
        $$$$"""
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},"Parameters":{"Bucket":"items","Key":"data.csv"}},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"{{{{type}}}}"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
          "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"items","Prefix":"out"} } } } }
        """);
}

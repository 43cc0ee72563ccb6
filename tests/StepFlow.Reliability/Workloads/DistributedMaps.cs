using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>Distributed Maps over rows of a CSV blob, with Express and Standard children: the result files hold each row once.</summary>
internal sealed class DistributedMaps : IWorkload
{
    /// <summary>Its name. It needs a storage account.</summary>
    public const string Kind = "distributed-maps";

    private static readonly int[] Sizes = [1, 20, 150];

    /// <summary>More rows than are read ahead: children start while the file is still being read. Express children only, one start in fifteen.</summary>
    private const int LargeSize = 60_000;

    private const string Pass = """{"Type":"Pass","End":true}""";

    /// <summary>Children whose tasks run when a server stops, so that their ends and the server's meet.</summary>
    private const string Call = """
        {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload":{"delayMs":500}},"ResultPath":null,"End":true}
        """;

    private readonly ConcurrentDictionary<string, int> _started = [];
    private readonly List<(string Type, string State, string Machine)> _machines = [];

    public string Name => Kind;

    public async Task PrepareAsync(WorkloadContext context)
    {
        BlobServiceClient blobs = context.Storage!.Blobs;
        await blobs.CreateBlobContainerAsync("results");
        BlobContainerClient data = await blobs.CreateBlobContainerAsync("data");
        foreach (int size in (int[])[.. Sizes, LargeSize])
        {
            string rows = "n\n" + string.Join('\n', Enumerable.Range(1, size));
            await data.UploadBlobAsync($"{size}.csv", new BinaryData(Encoding.UTF8.GetBytes(rows)), context.Cancellation);
        }

        foreach ((string type, string state) in ((string, string)[])[("EXPRESS", Pass), ("EXPRESS", Call), ("STANDARD", Pass)])
        {
            string machine = await context.CreateMachineAsync($"{Name}-{type}-{_machines.Count}", $$$$$"""
                {"StartAt":"Each","States":{"Each":{"Type":"Map","End":true,
                  "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},
                    "Parameters":{"Bucket":"data","Key.$":"$.key"}},
                  "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"{{{{{type}}}}}"},
                    "StartAt":"Item","States":{"Item":{{{{{state}}}}}}},
                  "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"results","Prefix.$":"$$.Execution.Name"}},
                  "Retry":[{"ErrorEquals":["States.ItemReaderFailed","States.ResultWriterFailed"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":60}]}}}
                """);
            _machines.Add((type, state, machine));
        }
    }

    /// <summary>One in five starts: they are heavier than others.</summary>
    public async Task StartOneAsync(WorkloadContext context, Random random)
    {
        int size = Sizes[random.Next(Sizes.Length)];
        (string type, string state, string machine) = _machines[random.Next(_machines.Count)];
        size = type == "EXPRESS" && state == Pass && random.Next(5) == 0 ? LargeSize : size;
        if (random.Next(5) == 0)
        {
            string arn = await context.StartAsync(Name, machine, new JsonObject { ["key"] = $"{size}.csv" }, Expect.End("SUCCEEDED"));
            _started[arn] = size;
        }
    }

    public async Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader)
    {
        var problems = new List<Problem>();
        foreach ((string arn, int size) in _started)
        {
            if (await reader.ReadAsync(arn) is { Status: "SUCCEEDED" } execution && await FindWrongAsync(context, execution, size) is { } wrong)
            {
                problems.Add(new(Name, arn, wrong));
            }
        }

        return problems;
    }

    private static async Task<string?> FindWrongAsync(WorkloadContext context, ExecutionRecord execution, int size)
    {
        JsonNode details = JsonNode.Parse(execution.Output!)!["ResultWriterDetails"]!;
        BlobContainerClient results = context.Storage!.Blobs.GetBlobContainerClient((string)details["Bucket"]!);
        JsonNode manifest = await ReadAsync((string)details["Key"]!);
        if (((JsonArray)manifest["ResultFiles"]!["FAILED"]!).Count > 0)
        {
            return "The manifest names a file of failed items.";
        }

        var rows = new List<int>();
        foreach (JsonNode? file in (JsonArray)manifest["ResultFiles"]!["SUCCEEDED"]!)
        {
            foreach (JsonNode? child in (JsonArray)await ReadAsync((string)file!["Key"]!))
            {
                rows.Add(int.Parse((string)JsonNode.Parse((string)child!["Output"]!)!["n"]!, CultureInfo.InvariantCulture));
            }
        }

        rows.Sort();
        return rows.SequenceEqual(Enumerable.Range(1, size))
            ? null
            : $"The result files hold {rows.Count} rows, {rows.Distinct().Count()} different ones, of {size}.";

        async Task<JsonNode> ReadAsync(string key) =>
            JsonNode.Parse((await results.GetBlobClient(key).DownloadContentAsync(context.Cancellation)).Value.Content.ToString())!;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Benchmarks.Peers;
using StepFlow.Execution;
using StepFlow.Local.Engine;
using StepFlow.Runtime.MapRuns;
using StepFlow.Runtime.Ports;
using StepFlow.Testing;

namespace StepFlow.Benchmarks.Durable;

/// <summary>
/// Items a second of a distributed Map over the rows of a CSV file, each a child of one Pass state, with result files. The
/// store is a folder, so that the figure is ours and not the storage emulator's. One figure for the rate, one for the
/// greatest memory of the process meanwhile (megabytes, the whole process), one for what an item takes of the processor. Each case has a process of its own, so that no
/// case finds what another one left; the file of rows is made outside it.
/// </summary>
internal sealed class DistributedMaps : IBenchmark
{
    /// <summary>The argument under which this program starts itself, to measure a process that does nothing else.</summary>
    public const string ChildArgument = "--map-child";

    private static readonly (string Type, int Items)[] Cases = [("EXPRESS", 10_000), ("EXPRESS", 100_000), ("EXPRESS", 1_000_000), ("STANDARD", 10_000), ("STANDARD", 100_000)];

    public IReadOnlyList<string> Names { get; } = [.. Cases.Select(Name)];

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchmarkRun run)
    {
        var figures = new List<Figure>();
        foreach ((string Type, int Items) item in Cases.Where(item => run.IsChosen(Name(item)) && (!run.IsShort || item.Items <= 100_000)))
        {
            double[] measured = await MeasureAsync(item.Type, item.Items);
            figures.Add(new(Name(item), measured[0], null, "items/s"));
            figures.Add(new(Name(item) + "-memory", measured[1], null, "MB") { LessIsBetter = true });
            figures.Add(new(Name(item) + "-cpu", measured[2], null, "us/item") { LessIsBetter = true });
        }

        return figures;
    }

    private static string Name((string Type, int Items) item) =>
        string.Create(CultureInfo.InvariantCulture, $"distributed-map-{item.Type.ToLowerInvariant()}-{item.Items}");

    /// <summary>Runs a Map over the rows of a folder's <c>data.csv</c>; writes how many items a second, the memory in MB, and what an item takes of the processor in microseconds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="type">The type of the children.</param>
    /// <param name="items">How many rows there are.</param>
    public static async Task MeasureRunAsync(string folder, string type, int items)
    {
        await using var host = LocalHost.Open(new() { Journal = new() { Folder = Path.Combine(folder, "data") } }, TimeProvider.System, NullLogger.Instance);
        host.Run(new LocalHostParts { Tasks = new CountingTasks(), Objects = new FolderObjects(folder) });
        ExecutionRequest request = CountingLoop.Request("map", Definition(type));
        double memory = 0;
        using var sample = new Timer(_ => memory = Math.Max(memory, Environment.WorkingSet / 1e6), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await host.StartAsync(request, CancellationToken.None);
        ExecutionRecord ended = (await host.WaitAsync(request.Start.ExecutionArn, CancellationToken.None))!;
        double seconds = watch.Elapsed.TotalSeconds;
        TimeSpan used = Environment.CpuUsage.TotalTime - before;
        if (ended.Status != ExecutionStatus.Succeeded)
        {
            throw new InvalidOperationException($"The Map ended {ended.Status}: {ended.Error} {ended.Cause}");
        }

        System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{items / seconds:F1} {memory:F1} {used.TotalMicroseconds / items:F2}"));
    }

    private static async Task<double[]> MeasureAsync(string type, int items)
    {
        using var folder = new TemporaryFolder();
        await using (StreamWriter rows = File.CreateText(folder.PathOf("data.csv")))
        {
            rows.WriteLine("id,name,value");
            for (int n = 0; n < items; n++)
            {
                rows.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{n},item {n},{n * 3}"));
            }
        }

        string output = await PeerProcess.RunAsync(Environment.ProcessPath!, folder.Path, [ChildArgument, folder.Path, type, items.ToString(CultureInfo.InvariantCulture)]);
        int written = Directory.EnumerateFiles(folder.Path, "SUCCEEDED_*.json", SearchOption.AllDirectories).Sum(CountResults);
        return written == items
            ? [.. output.Trim().Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The result files hold {written} of {items} items.");
    }

    /// <summary>The elements of a result file, read in pieces.</summary>
    private static int CountResults(string file)
    {
        using FileStream content = File.OpenRead(file);
        byte[] buffer = new byte[1 << 20];
        var state = new JsonReaderState();
        int count = 0;
        for (int left = 0, read = -1; read != 0;)
        {
            read = content.Read(buffer.AsSpan(left));
            var reader = new Utf8JsonReader(buffer.AsSpan(0, left + read), isFinalBlock: read == 0, state);
            while (reader.Read())
            {
                count += reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1 ? 1 : 0;
            }

            state = reader.CurrentState;
            int used = (int)reader.BytesConsumed;
            buffer.AsSpan(used, left + read - used).CopyTo(buffer);
            left = left + read - used;
        }

        return count;
    }

    private static string Definition(string type) => $$$$$"""
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
          "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},"Parameters":{"Bucket":"b","Key":"data.csv"}},
          "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"{{{{{type}}}}}"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},
          "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b","Prefix":"out"} } } } }
        """;

    /// <summary>Objects as files of a folder.</summary>
    private sealed class FolderObjects(string folder) : IObjectStore
    {
        public async Task ReadAsync(ObjectAddress address, ObjectSlice slice, Func<ObjectContent, CancellationToken, Task> read, CancellationToken cancellationToken)
        {
            await using FileStream file = File.OpenRead(Path.Combine(folder, address.Key));
            file.Position = slice.First;
            await read(new(file, "1", file.Length), cancellationToken);
        }

        public Task<ObjectPage> ListAsync(string bucket, string prefix, string? page, CancellationToken cancellationToken) =>
            throw new NotSupportedException("No benchmark lists objects.");

        public Task WriteAsync(ObjectAddress address, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            WriteAsync(address, (file, token) => file.WriteAsync(content, token).AsTask(), cancellationToken);

        public async Task WriteAsync(ObjectAddress address, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
        {
            string path = Path.Combine(folder, address.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using FileStream file = File.Create(path);
            await write(file, cancellationToken);
        }
    }
}

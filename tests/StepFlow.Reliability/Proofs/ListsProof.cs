using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Measurements;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability.Proofs;

/// <summary>
/// 400 executions with equal inputs of 0.9 MB: they are stored once; what lists them, one or eight at a time, reads no
/// inputs, and what reads their descriptions and histories, which hold them, has a few in memory at a time.
/// </summary>
internal sealed class ListsProof : IProof
{
    private const int Executions = 400;
    private const int InputCharacters = 900_000;
    private const int Read = 100;
    private const long MaxBytes = 100_000_000;
    private const long MaxBytesRead = 250_000_000;
    private const long MaxBytesOnDisk = 50_000_000;

    public string Name => "lists";

    public async Task<IReadOnlyList<Problem>> RunAsync(TestBed bed, TimeSpan time, TextWriter output, CancellationToken cancellationToken)
    {
        var context = new WorkloadContext(bed.Client, bed.Tasks, null, cancellationToken, cancellationToken);
        string machine = await context.CreateMachineAsync("large", """{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}""");
        string input = new JsonObject { ["text"] = new string('x', InputCharacters) }.ToJsonString();
        for (int i = 0; i < Executions; i++)
        {
            await context.CallAsync("StartExecution", new() { ["stateMachineArn"] = machine, ["name"] = $"e{i}", ["input"] = input });
        }

        await output.WriteLineAsync($"{Executions} executions started");

        // A new process: what the starts took is not to be counted.
        await bed.Server.RestartAsync(cancellationToken);
        long disk = new DirectoryInfo(bed.Data).EnumerateFiles().Sum(static file => file.Length);
        await output.WriteLineAsync($"{disk / 1_000_000} MB on the disk");
        var reader = new RecordReader(bed.Client, cancellationToken);
        await context.CallAsync("ListStateMachines", []);
        var problems = new List<Problem>();
        if (disk > MaxBytesOnDisk)
        {
            problems.Add(new(Name, "disk", $"{disk / 1_000_000} MB on the disk; {MaxBytesOnDisk / 1_000_000} are allowed."));
        }

        foreach (int readers in (int[])[1, 8])
        {
            long before = MemoryWatch.ReadPeak(bed.Server.ProcessId!.Value) ?? 0;
            List<string>[] lists = await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => reader.ListAsync(machine, status: null)));
            long grown = (MemoryWatch.ReadPeak(bed.Server.ProcessId!.Value) ?? 0) - before;
            await output.WriteLineAsync($"{readers} at a time: {lists[0].Count} executions listed, {grown / 1_000_000} MB more at the peak than {before / 1_000_000} MB before");
            if (grown > MaxBytes || lists.Any(static list => list.Count != Executions))
            {
                problems.Add(new(Name, $"{readers} at a time", $"{lists.Min(static list => list.Count)} of {Executions} executions listed, memory grew by {grown / 1_000_000} MB; {MaxBytes / 1_000_000} are allowed."));
            }
        }

        string[] arns = [.. (await reader.ListAsync(machine, status: null)).Take(Read)];
        foreach (int readers in (int[])[1, 8])
        {
            long before = MemoryWatch.ReadPeak(bed.Server.ProcessId!.Value) ?? 0;
            await Parallel.ForEachAsync(arns, new ParallelOptions { MaxDegreeOfParallelism = readers, CancellationToken = cancellationToken }, async (arn, _) => await reader.ReadAsync(arn));
            long grown = (MemoryWatch.ReadPeak(bed.Server.ProcessId!.Value) ?? 0) - before;
            await output.WriteLineAsync($"{readers} at a time: {arns.Length} descriptions and histories read, {grown / 1_000_000} MB more at the peak than {before / 1_000_000} MB before");
            if (grown > MaxBytesRead)
            {
                problems.Add(new(Name, $"{readers} reading at a time", $"Memory grew by {grown / 1_000_000} MB; {MaxBytesRead / 1_000_000} are allowed."));
            }
        }

        return problems;
    }
}

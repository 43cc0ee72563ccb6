using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;
using StepFlow.Reliability.Workloads;

namespace StepFlow.Reliability;

/// <summary>Reads every execution back and checks it: each that was acknowledged, and each that a list shows.</summary>
/// <param name="context">What was acknowledged.</param>
/// <param name="reader">Reads back.</param>
/// <param name="problems">Takes what is wrong.</param>
/// <param name="artifacts">Where to leave the histories of wrong executions; null for nowhere.</param>
internal sealed class RunChecker(WorkloadContext context, RecordReader reader, ConcurrentQueue<Problem> problems, string? artifacts)
{
    private const int ReadersAtATime = 8;

    public async Task CheckAsync()
    {
        Dictionary<string, LedgerEntry> acknowledged = context.Entries.ToDictionary(static entry => entry.Arn);
        var listed = new HashSet<string>();
        foreach ((string machine, string machineArn) in context.Machines)
        {
            foreach (string arn in await reader.ListAsync(machineArn, status: null))
            {
                if (!listed.Add(arn))
                {
                    problems.Enqueue(new(machine, arn, "ListExecutions returned it twice."));
                }
            }
        }

        foreach (LedgerEntry entry in acknowledged.Values.Where(entry => !listed.Contains(entry.Arn)))
        {
            problems.Enqueue(new(entry.Kind, entry.Arn, "StartExecution succeeded, and ListExecutions did not return it."));
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadersAtATime, CancellationToken = context.Cancellation };
        await Parallel.ForEachAsync(listed, parallel, async (arn, _) => await CheckAsync(arn, acknowledged.GetValueOrDefault(arn)));
    }

    private async Task CheckAsync(string arn, LedgerEntry? entry)
    {
        string kind = entry?.Kind ?? "unasked";
        if (await reader.ReadAsync(arn) is not { } execution)
        {
            problems.Enqueue(new(kind, arn, "ListExecutions returned it, and DescribeExecution did not find it."));
            return;
        }

        string[] wrong = [.. HistoryChecker.Check(execution), .. entry?.Check(execution) ?? context.CheckUnasked(execution)];
        foreach (string text in wrong)
        {
            problems.Enqueue(new(kind, arn, text));
        }

        if (wrong.Length > 0 && artifacts is not null)
        {
            await File.WriteAllLinesAsync(
                Path.Combine(artifacts, arn[(arn.LastIndexOf(':') + 1)..] + ".history.txt"),
                [.. wrong, execution.Description.ToJsonString(), .. execution.Events.Select(static one => one.ToString() + one.Details?.ToJsonString())]);
        }
    }
}

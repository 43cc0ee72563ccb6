using StepFlow.Execution;
using StepFlow.Functions.Hosting;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Language.Json;
using StepFlow.Service.Ports;

namespace StepFlow.Functions.Activities;

/// <summary>Stores history, and what rides along with it, and tells those who watch executions of it.</summary>
internal sealed class HistoryKeeper(ExecutionStorage storage, ExecutionTelling telling)
{
    /// <summary>Stores a chunk; null for nothing to store.</summary>
    public async Task KeepAsync(string executionArn, HistoryChunk? chunk, ChildClaim? claim, CancellationToken cancellationToken)
    {
        await ClaimAsync(executionArn, claim, cancellationToken);
        if (chunk is null)
        {
            return;
        }

        await StoreAsync(executionArn, chunk, cancellationToken);
        if (!telling.HasNobodyLive && await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _))
        {
            telling.Stored(RecordJson.Read(record), [chunk]);
        }
    }

    /// <summary>Stores a chunk and tells nobody; null for nothing to store.</summary>
    public Task StoreAsync(string executionArn, HistoryChunk? chunk, CancellationToken cancellationToken) => chunk is null
        ? Task.CompletedTask
        : storage.History.AppendAsync(executionArn, [chunk], isNew: chunk.FirstEventId == 1 && chunk.Part == 0, cancellationToken);

    /// <summary>Creates the record of a Map Run's child; null for none to create.</summary>
    public async Task ClaimAsync(string executionArn, ChildClaim? claim, CancellationToken cancellationToken)
    {
        if (claim is null)
        {
            return;
        }

        if (await storage.Records.FindAsync(claim.ParentExecutionArn, cancellationToken) is not var (parent, _))
        {
            throw new InvalidOperationException($"{claim.ParentExecutionArn} has no record.");
        }

        byte[] snapshot = await storage.ReadUtf8Async(claim.Snapshot, cancellationToken);
        ExecutionStart start = WorkflowExecution.StartOf(snapshot);
        ExecutionRecord runner = RecordJson.Read(parent);
        string place = ExecutionIndex.Place(start);
        JsonObject record = RecordJson.Create(
            new(start, (await storage.ReadTextAsync(claim.Definition, cancellationToken))!)
            {
                ParentExecutionArn = claim.ParentExecutionArn,
                Configuration = runner.Configuration,
                MockTestCase = runner.MockTestCase,
                TraceHeader = runner.TraceHeader,
            },
            snapshot,
            InstanceIds.Of(executionArn),
            place);
        if (await storage.Records.TryCreateAsync(executionArn, record, cancellationToken))
        {
            await storage.Index.AddAsync(place, start, null, cancellationToken);
        }
        else if (await storage.Records.FindAsync(executionArn, cancellationToken) is var (known, _))
        {
            // A repetition: the index may have been missed.
            await storage.Index.AddAsync(RecordJson.Place(known), start, null, cancellationToken);
        }
    }
}

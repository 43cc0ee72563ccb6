using StepFlow.Execution;
using StepFlow.Execution.History;
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

        chunk = await StoreAsync(executionArn, chunk, cancellationToken);
        if (!telling.HasNobodyLive && await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _))
        {
            telling.Stored(RecordJson.Read(record), [chunk]);
        }
    }

    /// <summary>Stores a chunk with all its payloads, and tells nobody.</summary>
    /// <returns>The chunk as it is stored.</returns>
    public async Task<HistoryChunk> StoreAsync(string executionArn, HistoryChunk chunk, CancellationToken cancellationToken)
    {
        HistoryChunk whole = await FillAsync(chunk, cancellationToken);
        await storage.History.AppendAsync(executionArn, [whole], isNew: chunk.FirstEventId == 1 && chunk.Part == 0, cancellationToken);
        return whole;
    }

    /// <summary>Puts the payloads that travelled by reference back into their events.</summary>
    private async Task<HistoryChunk> FillAsync(HistoryChunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.Payloads.Count == 0)
        {
            return chunk;
        }

        HistoryEvent[] events = [.. HistoryText.Read(PayloadCodec.Decompress(chunk.Content))];
        var values = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (HistoryPayload reference in chunk.Payloads)
        {
            string hash = reference.Payload.Hash!;
            if (!values.TryGetValue(hash, out JsonValue? value))
            {
                values[hash] = value = await storage.ReadAsync(reference.Payload, cancellationToken);
            }

            long at = reference.EventId - chunk.FirstEventId;
            events[at] = EventPayloads.With(events[at], reference.Variable, value);
        }

        return chunk with { Content = PayloadCodec.Compress(HistoryText.Write(events)), Payloads = [] };
    }

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

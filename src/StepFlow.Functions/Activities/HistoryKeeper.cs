using StepFlow.Functions.Hosting;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Storage;
using StepFlow.Service.Ports;

namespace StepFlow.Functions.Activities;

/// <summary>Stores history and tells those who watch executions of it.</summary>
internal sealed class HistoryKeeper(ExecutionStorage storage, IEnumerable<IExecutionObserver> observers)
{
    private readonly IExecutionObserver[] _observers = [.. observers];

    /// <summary>Stores a chunk; null for nothing to store.</summary>
    public async Task KeepAsync(string executionArn, HistoryChunk? chunk, CancellationToken cancellationToken)
    {
        if (chunk is null)
        {
            return;
        }

        await storage.History.AppendAsync(executionArn, chunk, cancellationToken);

        // An event too large for one message is seen in the history, not in logs and metrics.
        if (_observers.Length > 0 && chunk.Parts == 1 && await storage.Records.FindAsync(executionArn, cancellationToken) is var (record, _))
        {
            ExecutionRecord execution = RecordJson.Read(record);
            Execution.History.HistoryEvent[] events = [.. HistoryText.Read(PayloadCodec.Decompress(chunk.Content))];
            foreach (IExecutionObserver observer in _observers)
            {
                observer.Observe(execution, events);
            }
        }
    }
}

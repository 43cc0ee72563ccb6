using StepFlow.Functions.Storage;
using StepFlow.Service.Configuration;

namespace StepFlow.Functions.Executions;

/// <summary>The work of a retention run: continues interrupted executions, removes old ones, and reports suspended ones.</summary>
internal sealed class Retention(
    ExecutionRecovery recovery, OldExecutions old, SuspendedExecutions suspended, IDocumentStore documents, ServiceSettings settings, TimeProvider time)
{
    /// <summary>Younger starts may not be complete yet.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    /// <summary>Checks all executions once.</summary>
    /// <returns>How many were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        await recovery.RunAsync(now - Settled, cancellationToken);
        int removed = settings.Retention is { } retention ? await old.RemoveAsync(now - retention, cancellationToken) : 0;
        await suspended.ReportAsync(cancellationToken);
        await new TableCallDocuments(documents, time).RemoveOldAsync(cancellationToken);
        return removed;
    }
}

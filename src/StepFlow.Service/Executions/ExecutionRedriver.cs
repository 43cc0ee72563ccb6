using StepFlow.Execution.Signals;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Executions;

/// <summary>Redrives executions (RedriveExecution).</summary>
internal sealed class ExecutionRedriver(IExecutionHost host, IDocumentStore documents, ExecutionActors actors, RedriveRules rules, TimeProvider time)
{
    private const string Collection = "redrives";

    /// <summary>Redrives an execution. A call with the same client token changes nothing and returns the same date.</summary>
    /// <param name="caller">The caller; null if it has no name.</param>
    /// <returns>When it was redriven.</returns>
    /// <exception cref="ApiException"><c>ExecutionNotRedrivable</c>.</exception>
    public async Task<DateTimeOffset> RedriveAsync(ExecutionRecord execution, string? clientToken, string? caller, CancellationToken cancellationToken)
    {
        string arn = execution.Start.ExecutionArn;
        string? key = clientToken is null ? null : $"{arn} {clientToken}";
        if (key is not null && await documents.FindAsync(Collection, key, cancellationToken) is { } earlier)
        {
            return Instants.FromWire(earlier.Value);
        }

        if (rules.WhyNotRedrivable(execution) is { } reason)
        {
            throw ApiErrors.NotRedrivable(reason);
        }

        await actors.StoreRedriveAsync(execution, caller, cancellationToken);
        if (!await host.SignalAsync(arn, new Redrive(time.GetUtcNow()), cancellationToken))
        {
            throw ApiErrors.NotRedrivable("Execution is RUNNING and cannot be redriven");
        }

        DateTimeOffset date = (await host.FindAsync(arn, cancellationToken))?.RedriveTime ?? time.GetUtcNow();
        if (key is not null)
        {
            await documents.WriteAsync(Collection, key, date.ToWire(), null, cancellationToken);
        }

        return date;
    }
}

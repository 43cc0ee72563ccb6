using System.Globalization;

namespace StepFlow.Runtime.Documents;

/// <summary>
/// The callers who stopped and redrove an execution, if they have names. They are stored in a separate document. It is
/// written before the action, so no action is missing. If several callers act at the same time, the first one is stored.
/// </summary>
/// <param name="documents">Where they are stored.</param>
public sealed class ExecutionActors(IDocumentStore documents)
{
    /// <summary>The collection; a document's key is the execution's ARN.</summary>
    public const string Collection = "execution-actors";

    private const string Stops = "stops";
    private const string Redrives = "redrives";

    private readonly DocumentCollection<JsonObject> _actors = new(documents, Collection, static value => value, static value => value);

    /// <summary>Stores the caller who stops an execution, if the caller has a name.</summary>
    public Task StoreStopAsync(ExecutionRecord execution, string? caller, CancellationToken cancellationToken) =>
        StoreAsync(execution, Stops, execution.RedriveCount, caller, cancellationToken);

    /// <summary>Stores the caller who redrives an execution, if the caller has a name.</summary>
    public Task StoreRedriveAsync(ExecutionRecord execution, string? caller, CancellationToken cancellationToken) =>
        StoreAsync(execution, Redrives, execution.RedriveCount + 1, caller, cancellationToken);

    /// <summary>The callers who stopped an execution and who redrove it last. Null if it was not stopped or redriven, or if the caller had no name.</summary>
    public async Task<(string? StoppedBy, string? RedrivenBy)> FindAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        bool isStopped = execution.Status == Execution.ExecutionStatus.Aborted;
        if (!isStopped && execution.RedriveCount == 0)
        {
            return (null, null);
        }

        JsonObject? noted = (await _actors.FindAsync(execution.Start.ExecutionArn, cancellationToken))?.Value;
        return (isStopped ? Find(noted, Stops, execution.RedriveCount) : null, Find(noted, Redrives, execution.RedriveCount));
    }

    /// <summary>Removes them, with the execution.</summary>
    public Task DeleteAsync(string executionArn, CancellationToken cancellationToken) => _actors.DeleteAsync(executionArn, cancellationToken);

    private static string? Find(JsonObject? noted, string kind, int redrive) =>
        ((noted?[kind] as JsonObject)?[Number(redrive)] as JsonString)?.Value;

    private static string Number(int redrive) => redrive.ToString(CultureInfo.InvariantCulture);

    private async Task StoreAsync(ExecutionRecord execution, string kind, int redrive, string? caller, CancellationToken cancellationToken)
    {
        if (caller is null)
        {
            return;
        }

        string arn = execution.Start.ExecutionArn;
        JsonObject first = JsonObject.Create((kind, JsonObject.Create((Number(redrive), caller))));
        if (!await _actors.CreateAsync(arn, first, cancellationToken))
        {
            await _actors.ChangeAsync(
                arn,
                noted => Find(noted, kind, redrive) is null
                    ? noted.With(kind, (noted[kind] as JsonObject ?? JsonObject.Empty).With(Number(redrive), caller))
                    : noted,
                cancellationToken);
        }
    }
}

using Azure;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Storage;

/// <summary>How the Express children of a page ended, as far as they did.</summary>
/// <param name="Last">The call that wrote last; null where none has.</param>
/// <param name="Version">The version of the blob; null if there is none.</param>
/// <param name="Outcomes">The outcomes, by index. A child that was redriven has its last outcome.</param>
internal sealed record PageOutcomes(RangeCall? Last, ETag? Version, IReadOnlyDictionary<int, ChildOutcome> Outcomes)
{
    /// <summary>No child has ended.</summary>
    public static PageOutcomes None { get; } = new(null, null, new Dictionary<int, ChildOutcome>());

    /// <summary>Whether the call has written its outcomes before, so it is repeated.</summary>
    public bool Has(RangeCall call) => Last is { } last && last.CompareTo(call) >= 0;

    /// <summary>The children of the page that are to run: those that have not ended, and in a redriven run those that did not succeed before.</summary>
    public IReadOnlyList<MapRunEntry> Left(IEnumerable<MapRunEntry> children, RangeCall call) =>
        [.. children.Where(child => !Outcomes.TryGetValue(child.Index, out ChildOutcome? outcome) || !Counts(outcome, call))];

    /// <summary>The counts of the children that ended in a call, by status. The first call for a page includes the children that succeeded before its redrive.</summary>
    public (MapRunCounts Items, MapRunCounts Executions) Ended(RangeCall call)
    {
        var items = new MapRunCounts();
        var executions = new MapRunCounts();
        foreach (ChildOutcome outcome in Outcomes.Values)
        {
            if (outcome.Call == call || (call.Part == 0 && outcome.Call.Redrive < call.Redrive && Counts(outcome, call)))
            {
                items = items.With(outcome.Items, outcome.Result.Status);
                executions = executions.With(1, outcome.Result.Status);
            }
        }

        return (items, executions);
    }

    private static bool Counts(ChildOutcome outcome, RangeCall call) =>
        outcome.Call.Redrive == call.Redrive || outcome.Result.Status == ExecutionStatus.Succeeded;
}

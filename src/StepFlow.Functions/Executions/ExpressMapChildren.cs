using System.Globalization;
using StepFlow.Execution.History;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Executions;

/// <summary>The Express children of distributed Maps that have ended. A running one is only known in its activity.</summary>
internal sealed class ExpressMapChildren(ExecutionStorage storage, MapRunStore runs)
{
    /// <summary>A child that has ended, by its ARN; null if there is none.</summary>
    public async Task<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) =>
        await OutcomeAsync(executionArn, cancellationToken) is var (run, outcome)
            ? ToRecord(
                run,
                await storage.MapRunPages.ReadRunAsync(run.Arn, cancellationToken),
                outcome,
                await storage.MapRunPages.ReadAsync(run.Arn, MapRunPages.PageOf(outcome.Index), cancellationToken))
            : null;

    /// <summary>The history of a child. The history of a child that succeeded is not stored.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string executionArn, CancellationToken cancellationToken) =>
        await OutcomeAsync(executionArn, cancellationToken) is var (_, outcome) ? outcome.Result.History : [];

    /// <summary>The children of a run that have ended, by descending index; null if its children are not Express executions.</summary>
    public async Task<Page<ExecutionSummary>?> ListAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        if (query.MapRunArn is not { } arn || await runs.FindAsync(arn, cancellationToken) is not { Settings.HasExpressChildren: true } run)
        {
            return null;
        }

        var found = new List<ExecutionSummary>();
        (string, string) common = await storage.MapRunPages.ReadRunAsync(arn, cancellationToken);
        int? before = int.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
        int? from = before is { } position ? MapRunPages.PageOf(position) : null;
        await foreach (int page in storage.MapRunOutcomes.PagesBackwardsAsync(arn, query.Status, from, cancellationToken))
        {
            var inputs = await storage.MapRunPages.ReadAsync(arn, page, cancellationToken);
            PageOutcomes outcomes = await storage.MapRunOutcomes.ReadAsync(arn, page, cancellationToken);
            foreach (ChildOutcome outcome in outcomes.Outcomes.Values.Where(outcome => Matches(outcome, query, before)).OrderByDescending(static outcome => outcome.Index))
            {
                if (found.Count == query.Count)
                {
                    return new(found, (outcome.Index + 1).ToString(CultureInfo.InvariantCulture));
                }

                found.Add(ExecutionSummary.Of(ToRecord(run, common, outcome, inputs)));
            }
        }

        return new(found, null);
    }

    private static bool Matches(ChildOutcome outcome, ExecutionQuery query, int? before) =>
        (before is null || outcome.Index < before)
        && (query.Status is null || outcome.Result.Status == query.Status)
        && (query.Redriven is null || outcome.Call.Redrive > 0 == query.Redriven);

    private async Task<(MapRunRecord Run, ChildOutcome Outcome)?> OutcomeAsync(string executionArn, CancellationToken cancellationToken)
    {
        if (!executionArn.Contains('/', StringComparison.Ordinal)
            || await runs.FindByChildAsync(executionArn, cancellationToken) is not { } run
            || MapRunNames.ExpressChildIndex(run.Arn, executionArn) is not { } index)
        {
            return null;
        }

        PageOutcomes outcomes = await storage.MapRunOutcomes.ReadAsync(run.Arn, MapRunPages.PageOf(index), cancellationToken);
        return outcomes.Outcomes.TryGetValue(index, out ChildOutcome? outcome) ? (run, outcome) : null;
    }

    private static ExecutionRecord ToRecord(
        MapRunRecord run, (string RoleArn, string Definition) common, ChildOutcome outcome, IReadOnlyList<(JsonValue Input, int Items, JsonObject? Context)> page)
    {
        (JsonValue input, _, JsonObject? context) = page[outcome.Index - MapRunPages.FirstOf(MapRunPages.PageOf(outcome.Index))];
        return new ExpressChildRecord(run.Arn, run.StateMachineArn, common.RoleArn, common.Definition, run.ExecutionArn)
            .Of(outcome.Index, input, context, outcome.StartTime, outcome.Result, outcome.Call.Redrive);
    }
}

using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Service.StateTests;

/// <summary>Tests a Map state without running its iterations: reads, selects and batches the items, and compares the failed ones with the tolerance.</summary>
internal static class MapTest
{
    /// <summary>Whether the Map has failed before the mock counts.</summary>
    /// <exception cref="ApiException"><c>ValidationException</c>: the request contradicts the items.</exception>
    public static async Task<bool> FailsAsync(
        CompiledMap map, SingleStateRun run, StateTestCall call, Inspection inspection, CancellationToken cancellationToken)
    {
        Outcome<JsonValue> items = map.ItemReader is not null && call.MapItemReaderData is { } text
            ? await ReadAsync(map, run, text, inspection, cancellationToken)
            : run.Items ?? JsonArray.Empty;
        if (!items.IsSuccess)
        {
            run.Fail(items.Error);
            return true;
        }

        if (run.SelectItems(items.Value) is not { } inputs)
        {
            return true;
        }

        if (map.ItemBatcher is not null && run.MapRun is { } batched)
        {
            inspection.Note(InspectedStage.ItemBatcher, JsonArray.From(ItemBatch.Group(batched, inputs).Select(static batch => batch.Input)));
        }

        if (call.MapIterationFailureCount > inputs.Count)
        {
            throw ApiErrors.Validation(StateTestMessages.FailureCount);
        }

        if (call is { Mock.Result: not null, MapIterationFailureCount: { } failed } && IsTooMany(map, run, failed, inputs.Count))
        {
            run.Fail(MapRunErrors.TooManyFailures());
            return true;
        }

        return false;
    }

    /// <summary>
    /// Whether more iterations failed than a run would tolerate. A Map that neither states a tolerance nor handles errors
    /// is not judged, as in the service: its mocked result counts.
    /// </summary>
    private static bool IsTooMany(CompiledMap map, SingleStateRun run, int failed, int total)
    {
        bool isJudged = map.ToleratedFailureCount is not null || map.ToleratedFailurePercentage is not null || map.Retry.Count + map.Catch.Count > 0;
        MapRunSettings settings = run.MapRun is { } command ? MapRunSettings.Of(command) : new(0, 0, 0);
        return isJudged && settings.IsExceeded(failed, total);
    }

    /// <summary>The items in the data that replaces the file of the ItemReader.</summary>
    private static async Task<Outcome<JsonValue>> ReadAsync(
        CompiledMap map, SingleStateRun run, string text, Inspection inspection, CancellationToken cancellationToken)
    {
        if (!ItemReaderText.IsText(run.MapRun!) && JsonValue.ParseOrNull(text) is not (JsonArray or JsonObject))
        {
            throw ApiErrors.Validation(StateTestMessages.ReaderDataNotArray);
        }

        Outcome<JsonValue> items = await ItemReaderText.ReadAsync(run.MapRun!, text, cancellationToken);
        if (items.IsSuccess && (run.MapRun!.ReaderConfig as JsonObject)?["ItemsPointer"] is not null)
        {
            inspection.Note(InspectedStage.ItemsPointer, items.Value);
        }

        if (items.IsSuccess && map.QueryLanguage == QueryLanguage.JsonPath)
        {
            inspection.Note(InspectedStage.ItemsPath, items.Value);
        }

        return items;
    }
}

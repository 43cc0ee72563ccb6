using StepFlow.Execution;
using StepFlow.Language;
using StepFlow.Language.Compilation;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.MapRuns;
using StepFlow.Service.Errors;

namespace StepFlow.Service.StateTests;

/// <summary>Tests a Map state: its items and settings are evaluated, its work is the mock's.</summary>
internal static class MapTest
{
    public static StateTestResult Run(CompiledMap map, TestScope scope, StateTestCall call, Inspection inspection, FailureTest failures)
    {
        inspection.InputPath(map, scope);
        Outcome<JsonArray> items = Items(map, scope, call);
        if (!items.IsSuccess)
        {
            return failures.Handle(Failure.From(items.Error));
        }

        if (call.MapIterationFailureCount > items.Value.Count)
        {
            throw ApiErrors.Validation(StateTestMessages.FailureCount);
        }

        if (map.QueryLanguage == QueryLanguage.JsonPath)
        {
            inspection.Payload("afterItemsPath", items.Value);
        }

        if (Inputs(map, scope, items.Value, inspection) is { } wrongItem)
        {
            return failures.Handle(Failure.From(wrongItem));
        }

        (StatesError? wrong, double toleratedCount, double toleratedPercentage) = Settings(map, scope, inspection);
        if (wrong is not null)
        {
            return failures.Handle(Failure.From(wrong));
        }

        StateMock mock = call.Mock!;
        if (mock.Result is not null && call.MapIterationFailureCount is { } failed && new MapRunSettings(0, toleratedPercentage, toleratedCount).IsExceeded(failed, items.Value.Count))
        {
            return failures.Handle(new(ErrorNames.ExceedToleratedFailureThreshold, StateTestMessages.ThresholdExceeded));
        }

        return StateTester.MockedResult(map, scope, mock, inspection, failures);
    }

    private static Outcome<JsonArray> Items(CompiledMap map, TestScope scope, StateTestCall call)
    {
        if (call.MapItems is { } read)
        {
            return read;
        }

        if (map.ItemReader is not null)
        {
            // Nothing is read: without data there are no items.
            return JsonArray.Empty;
        }

        Outcome<JsonValue> items = map.Items.Evaluate(scope);
        return items switch
        {
            { IsSuccess: false } => items.Error,
            { Value: JsonArray array } => array,
            { Value: JsonObject members } => JsonArray.From(members.Select(member => (JsonValue)JsonObject.Create(("Key", member.Key), ("Value", member.Value)))),
            _ => new StatesError(ErrorNames.Runtime, "The items of a Map must be an array or an object."),
        };
    }

    /// <summary>Notes what the ItemSelector makes of the items; the failure where it cannot.</summary>
    private static StatesError? Inputs(CompiledMap map, TestScope scope, JsonArray items, Inspection inspection)
    {
        if (map.ItemSelector is not { } selector)
        {
            return null;
        }

        var inputs = new JsonValue[items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            Outcome<JsonValue> input = selector.Evaluate(scope.WithItem(i, items[i]));
            if (!input.IsSuccess)
            {
                return input.Error;
            }

            inputs[i] = input.Value;
        }

        inspection.Payload("afterItemSelector", JsonArray.Adopt(inputs));
        return null;
    }

    private static (StatesError? Wrong, double Count, double Percentage) Settings(CompiledMap map, TestScope scope, Inspection inspection)
    {
        Outcome<double> concurrency = map.MaxConcurrency?.Evaluate(scope) ?? 0d;
        Outcome<double> count = map.ToleratedFailureCount?.Evaluate(scope) ?? 0d;
        Outcome<double> percentage = map.ToleratedFailurePercentage?.Evaluate(scope) ?? 0d;
        if ((concurrency.Error ?? count.Error ?? percentage.Error) is { } wrong)
        {
            return (wrong, 0, 0);
        }

        inspection.Member("maxConcurrency", JsonNumber.Create(concurrency.Value));
        if (map.ToleratedFailureCount is not null)
        {
            inspection.Member("toleratedFailureCount", JsonNumber.Create(count.Value));
        }

        if (map.ToleratedFailurePercentage is not null)
        {
            inspection.Member("toleratedFailurePercentage", JsonNumber.Create(percentage.Value));
        }

        return (null, count.Value, percentage.Value);
    }
}

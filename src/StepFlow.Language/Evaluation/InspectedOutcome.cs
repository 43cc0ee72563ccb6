namespace StepFlow.Language.Evaluation;

/// <summary>Shows evaluated data to an inspector.</summary>
internal static class InspectedOutcome
{
    /// <summary>The same outcome, after a value was shown.</summary>
    public static Outcome<JsonValue> Inspected(this Outcome<JsonValue> outcome, StateScope scope, InspectedStage stage)
    {
        if (outcome.IsSuccess)
        {
            scope.Inspector?.Note(stage, outcome.Value);
        }

        return outcome;
    }
}

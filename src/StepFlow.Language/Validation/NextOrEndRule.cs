namespace StepFlow.Language.Validation;

/// <summary>A state with a transition must have either Next or End, not both.</summary>
internal sealed class NextOrEndRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        if (state is ChoiceState or SucceedState or FailState or UnreadableState)
        {
            return;
        }

        bool ends = state.Source["End"] is JsonBoolean { Value: true };
        bool hasNext = state.Source.ContainsKey("Next");
        if (ends && hasNext)
        {
            context.Diagnostics.Schema(DiagnosticMessages.OnlyOne("Next", "End"), state.Location);
        }
        else if (!ends && !hasNext)
        {
            context.Diagnostics.Schema(DiagnosticMessages.OneRequired("Next", "End"), state.Location);
        }
    }
}

namespace StepFlow.Language.Validation;

/// <summary>A state's name has 1 to 80 characters.</summary>
internal sealed class StateNameRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        if (state.Name.Length is 0 or > DiagnosticMessages.MaxStateNameLength)
        {
            context.Diagnostics.Error(DiagnosticCodes.InvalidStateName, DiagnosticMessages.StateNameTooLong(state.Name), state.Location);
        }
    }
}

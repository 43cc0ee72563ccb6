namespace StepFlow.Language.Validation;

/// <summary>A state's name is unique in the whole machine, branches and item processors included.</summary>
internal sealed class UniqueStateNamesRule : MachineRule
{
    public override void Check(StateMachineDefinition machine, ValidationContext context)
    {
        var seen = new HashSet<string>();
        foreach (State state in StateTree.All(machine.Graph))
        {
            if (!seen.Add(state.Name))
            {
                context.Diagnostics.Error(DiagnosticCodes.DuplicateStateName, DiagnosticMessages.DuplicateState(state.Name), state.Location);
            }
        }
    }
}

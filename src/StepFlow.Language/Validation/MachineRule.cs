namespace StepFlow.Language.Validation;

/// <summary>A rule about a machine as a whole.</summary>
internal abstract class MachineRule
{
    public abstract void Check(StateMachineDefinition machine, ValidationContext context);
}

namespace StepFlow.Language.Validation;

/// <summary>A rule about one state, independently of other states.</summary>
internal abstract class StateRule
{
    public abstract void Check(State state, ValidationContext context);
}

namespace StepFlow.Language.Validation;

/// <summary>A rule about all states of one graph.</summary>
internal abstract class GraphRule
{
    public abstract void Check(StateGraphDefinition graph, ValidationContext context);
}

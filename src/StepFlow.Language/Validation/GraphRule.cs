using StepFlow.Language.Definition;

namespace StepFlow.Language.Validation;

/// <summary>A rule about the states of one graph together.</summary>
internal abstract class GraphRule
{
    public abstract void Check(StateGraphDefinition graph, ValidationContext context);
}

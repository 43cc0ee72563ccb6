using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;

namespace StepFlow.Language.Validation;

/// <summary>What a state leads to has a name, also where nobody looks whether there is such a state (API operation TestState).</summary>
internal sealed class TargetNamesRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        foreach (Transition transition in Transition.Of(state))
        {
            if (transition.Target.Length == 0)
            {
                context.Diagnostics.Schema(DiagnosticMessages.Empty, transition.Location);
            }
        }
    }
}

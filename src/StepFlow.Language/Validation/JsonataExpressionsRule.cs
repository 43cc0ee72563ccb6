using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Jsonata.Asl;

namespace StepFlow.Language.Validation;

/// <summary>What looks like a JSONata expression is one.</summary>
internal sealed class JsonataExpressionsRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        if (state.QueryLanguage != QueryLanguage.Jsonata)
        {
            return;
        }

        foreach (JsonataField field in JsonataFields.Of(state))
        {
            if (ExpressionText.IsUnbalanced(field.Text))
            {
                context.Diagnostics.Error(DiagnosticCodes.InvalidJsonataExpression, DiagnosticMessages.UnbalancedExpression, field.Location);
            }
        }
    }
}

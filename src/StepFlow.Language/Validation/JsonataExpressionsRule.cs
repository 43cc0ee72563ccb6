using StepFlow.Language.Jsonata;
using StepFlow.Language.Jsonata.Asl;

namespace StepFlow.Language.Validation;

/// <summary>JSONata expressions must be valid, and use only the variables that Step Functions provides in that field.</summary>
internal sealed class JsonataExpressionsRule : StateRule
{
    private const string Result = "result";
    private const string ErrorOutput = "errorOutput";

    public override void Check(State state, ValidationContext context)
    {
        if (state.QueryLanguage != QueryLanguage.Jsonata)
        {
            return;
        }

        foreach (JsonataField field in JsonataFields.Of(state))
        {
            if (ExpressionText.IsExpression(field.Text))
            {
                CheckExpression(field, context);
            }
            else if (ExpressionText.IsUnbalanced(field.Text))
            {
                context.Diagnostics.Error(DiagnosticCodes.InvalidJsonataExpression, DiagnosticMessages.UnbalancedExpression, field.Location);
            }
        }
    }

    private static void CheckExpression(JsonataField field, ValidationContext context)
    {
        string text = ExpressionText.Unwrap(field.Text);
        ExpressionReferences references = ExpressionReferences.Of(text, out JsonataError? error);
        if (error is null && !JsonataExpression.TryParse(text, out _, out JsonataError? compileError))
        {
            error = compileError;
        }

        if (error is not null)
        {
            context.Diagnostics.Error(DiagnosticCodes.InvalidJsonataExpression, error.Message, field.Location);
            return;
        }

        foreach (string reference in references.TopLevel)
        {
            Unsupported(reference == "$$" ? DiagnosticMessages.RootReference(reference) : DiagnosticMessages.TopLevelReference(reference), field, context);
        }

        foreach (string name in references.StatesFields)
        {
            bool isMissing = name switch
            {
                Result => field.Scope != JsonataScope.Result,
                ErrorOutput => field.Scope != JsonataScope.Catch,
                _ => false,
            };
            if (isMissing)
            {
                Unsupported(DiagnosticMessages.StatesField($"$states.{name}"), field, context);
            }
        }
    }

    private static void Unsupported(string message, JsonataField field, ValidationContext context) =>
        context.Diagnostics.Error(DiagnosticCodes.UnsupportedJsonataExpression, message, field.Location);
}

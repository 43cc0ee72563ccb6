using StepFlow.Language.Jsonata.Asl;

namespace StepFlow.Language.Validation;

/// <summary>Fields of a JSONata state that take an expression, or one sort of literal, hold nothing else.</summary>
internal sealed class ExpressionFieldsRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        if (state.QueryLanguage != QueryLanguage.Jsonata)
        {
            return;
        }

        switch (state)
        {
            case ChoiceState choice:
                foreach (ChoiceRule rule in choice.Choices)
                {
                    Check(rule.Condition, JsonKind.Boolean, "BOOLEAN", rule.Location + "/Condition", context);
                }

                break;
            case MapState map:
                Check(map.Items, JsonKind.Array, "ARRAY", map.Location + "/Items", context);
                break;
        }
    }

    private static void Check(JsonValue? value, JsonKind literal, string type, string location, ValidationContext context)
    {
        if (value is null || value.Kind == literal)
        {
            return;
        }

        if (value is not JsonString { Value: var text })
        {
            context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("STRING", type), location);
        }
        else if (!ExpressionText.IsExpression(text) && !ExpressionText.IsUnbalanced(text))
        {
            context.Diagnostics.Schema(DiagnosticMessages.NotAnExpression, location);
        }
    }
}

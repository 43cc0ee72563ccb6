using StepFlow.Language.Choices;

namespace StepFlow.Language.Validation;

/// <summary>
/// A Choice's rules in JSONPath are well formed: one comparison each, its operand of the operator's type, combined by
/// And, Or and Not, and <c>Next</c> on the outside only (Amazon States Language, "Choice Rules").
/// </summary>
internal sealed class ChoiceRulesRule : StateRule
{
    private static readonly string[] Combinations = ["And", "Or", "Not"];

    public override void Check(State state, ValidationContext context)
    {
        if (state is not ChoiceState { QueryLanguage: QueryLanguage.JsonPath } choice)
        {
            return;
        }

        foreach (ChoiceRule rule in choice.Choices)
        {
            CheckRule(rule.Source, rule.Location, isOutermost: true, context);
        }
    }

    private static void CheckRule(JsonObject rule, string location, bool isOutermost, ValidationContext context)
    {
        var operators = new List<string>();
        foreach (KeyValuePair<string, JsonValue> field in rule)
        {
            if (ComparisonOperator.Find(field.Key) is not null || Combinations.Contains(field.Key))
            {
                operators.Add(field.Key);
            }
            else if (!IsKnown(field.Key, isOutermost))
            {
                context.Diagnostics.Schema(
                    StateFields.LanguageOf(field.Key) == QueryLanguage.Jsonata
                        ? DiagnosticMessages.OtherQueryLanguage("JSONPath", field.Key, "JSONata")
                        : DiagnosticMessages.NotSupported(field.Key),
                    location);
            }
        }

        if (operators.Count == 0)
        {
            context.Diagnostics.Schema(DiagnosticMessages.NoComparison, location);
            return;
        }

        if (operators.Count > 1)
        {
            context.Diagnostics.Schema(DiagnosticMessages.OnlyOne(operators), location);
            return;
        }

        CheckComparison(rule, operators[0], location, context);
    }

    private static void CheckComparison(JsonObject rule, string name, string location, ValidationContext context)
    {
        JsonValue operand = rule[name]!;
        string memberLocation = $"{location}/{name}";
        switch (name)
        {
            case "And" or "Or":
                CheckRules(operand, memberLocation, context);
                break;
            case "Not" when operand is JsonObject inner:
                CheckRule(inner, memberLocation, isOutermost: false, context);
                break;
            case "Not":
                context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("OBJECT"), memberLocation);
                break;
            default:
                CheckOperand(rule, name, operand, location, context);
                break;
        }
    }

    private static void CheckRules(JsonValue operand, string memberLocation, ValidationContext context)
    {
        if (operand is not JsonArray rules)
        {
            context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("ARRAY"), memberLocation);
            return;
        }

        if (rules.Count == 0)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Empty, memberLocation);
        }

        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i] is JsonObject inner)
            {
                CheckRule(inner, $"{memberLocation}[{i}]", isOutermost: false, context);
            }
            else
            {
                context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("OBJECT"), $"{memberLocation}[{i}]");
            }
        }
    }

    private static void CheckOperand(JsonObject rule, string name, JsonValue operand, string location, ValidationContext context)
    {
        if (rule["Variable"] is not { } variable)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Required(["Variable"]), location);
        }
        else
        {
            CheckPath(variable, location + "/Variable", context);
        }

        ComparisonOperator comparison = ComparisonOperator.Find(name)!;
        string memberLocation = $"{location}/{name}";
        if (comparison.IsPath)
        {
            CheckPath(operand, memberLocation, context);
        }
        else if (!comparison.Accepts(operand))
        {
            bool wrongText = comparison.Kind == OperandKind.Timestamp && operand is JsonString;
            context.Diagnostics.Schema(wrongText ? DiagnosticMessages.NotATimestamp : DiagnosticMessages.ExpectedType(TypeOf(comparison)), memberLocation);
        }
    }

    private static void CheckPath(JsonValue written, string memberLocation, ValidationContext context)
    {
        if (written is not JsonString { Value: var text })
        {
            context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("STRING"), memberLocation);
        }
        else if (!PathsRule.IsPath(text))
        {
            context.Diagnostics.Schema(DiagnosticMessages.NotAReferencePath, memberLocation);
        }
    }

    private static string TypeOf(ComparisonOperator comparison) => comparison switch
    {
        { IsTest: true } or { Kind: OperandKind.Boolean } => "BOOLEAN",
        { Kind: OperandKind.Numeric } => "NUMBER",
        _ => "STRING",
    };

    private static bool IsKnown(string field, bool isOutermost) =>
        field is "Variable" or "Comment" || (isOutermost && field is "Next" or "Assign");
}

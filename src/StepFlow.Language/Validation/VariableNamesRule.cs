using System.Text.RegularExpressions;

namespace StepFlow.Language.Validation;

/// <summary>Assign is an object whose names are variables': an identifier of Unicode, up to 80 characters, not <c>states</c>.</summary>
internal sealed partial class VariableNamesRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        foreach (DefinitionNode node in StateTree.Assigning(state))
        {
            Check(node.Source["Assign"], state, node.Location, context);
        }
    }

    private static void Check(JsonValue? assign, State state, string location, ValidationContext context)
    {
        location += "/Assign";
        if (assign is null)
        {
            return;
        }

        if (assign is not JsonObject variables)
        {
            context.Diagnostics.Schema(DiagnosticMessages.ExpectedType("OBJECT"), location);
            return;
        }

        foreach (KeyValuePair<string, JsonValue> variable in variables)
        {
            string name = variable.Key;
            if (state.QueryLanguage == QueryLanguage.JsonPath && name.EndsWith(".$", StringComparison.Ordinal))
            {
                name = name[..^2];
            }

            if (!Identifier().IsMatch(name) || name == "states")
            {
                context.Diagnostics.Schema(DiagnosticMessages.InvalidVariableName(name), location);
            }
        }
    }

    [GeneratedRegex(@"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]{0,79}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}

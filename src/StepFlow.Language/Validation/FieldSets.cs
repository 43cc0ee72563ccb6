namespace StepFlow.Language.Validation;

/// <summary>What rules about the presence of fields have in common.</summary>
internal static class FieldSets
{
    /// <summary>Reports every unknown field, at the object that contains it.</summary>
    public static void CheckKnown(DefinitionNode node, IReadOnlySet<string> known, ValidationContext context)
    {
        foreach (KeyValuePair<string, JsonValue> field in node.Source)
        {
            if (!known.Contains(field.Key))
            {
                context.Diagnostics.Schema(DiagnosticMessages.NotSupported(field.Key), LocationOf(node));
            }
        }
    }

    /// <summary>Reports all missing fields together.</summary>
    public static void CheckRequired(DefinitionNode node, ValidationContext context, params string[] fields)
    {
        string[] missing = [.. fields.Where(field => !node.Source.ContainsKey(field))];
        if (missing.Length != 0)
        {
            context.Diagnostics.Schema(DiagnosticMessages.Required(missing), LocationOf(node));
        }
    }

    /// <summary>Notes several fields of which only one may be there. Returns how many are.</summary>
    public static int CheckAtMostOne(JsonObject source, string location, ValidationContext context, params string[] fields)
    {
        int count = fields.Count(source.ContainsKey);
        if (count > 1)
        {
            context.Diagnostics.Schema(DiagnosticMessages.OnlyOne(fields), location);
        }

        return count;
    }

    /// <summary>Notes an array without elements.</summary>
    public static void CheckNotEmpty(DefinitionNode node, string field, ValidationContext context)
    {
        if (node.Source[field] is JsonArray { Count: 0 })
        {
            context.Diagnostics.Schema(DiagnosticMessages.Empty, $"{node.Location}/{field}");
        }
    }

    /// <summary>Reports a text that is not in an enumeration.</summary>
    public static void CheckOneOf(string? value, string location, ValidationContext context, params string[] values)
    {
        if (value is not null && !values.Contains(value))
        {
            context.Diagnostics.Schema(DiagnosticMessages.OneOf(values), location);
        }
    }

    private static string LocationOf(DefinitionNode node) => node.Location.Length == 0 ? "/" : node.Location;
}

namespace StepFlow.Language.Loading;

/// <summary>Reads the text of a definition; words syntax errors as the service's JSON parser does.</summary>
internal static class DefinitionText
{
    public static JsonValue? Parse(string text, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            diagnostics.Error(DiagnosticCodes.SchemaValidationFailed, DiagnosticMessages.NotAnObject, null);
            return null;
        }

        try
        {
            JsonValue definition = JsonValue.Parse(text);
            RepeatedMembers.Check(text, diagnostics);
            return definition;
        }
        catch (JsonFormatException e)
        {
            // For a text that only our parser rejects (depth, the size of a number), the reason is ours.
            JsonSyntaxProblem problem = JsonSyntaxProblem.Find(text) ?? new(e.Reason, JsonSyntaxProblem.Quote(text, e.Line, e.Column));
            diagnostics.Error(DiagnosticCodes.InvalidJsonDescription, $"{problem.Reason}\n at {problem.Source}", problem.Source);
            return null;
        }
    }
}

namespace StepFlow.Language.Diagnostics;

/// <summary>The text of the error <c>InvalidDefinition</c> (API operations CreateStateMachine, UpdateStateMachine, TestState).</summary>
public static class InvalidDefinitionMessage
{
    /// <summary>Joins the errors of a definition into one text.</summary>
    /// <param name="diagnostics">The findings; at least one is an error. Warnings are left out.</param>
    /// <param name="definition">The definition's text as it was sent. The message about a malformed label contains it.</param>
    public static string Format(IEnumerable<Diagnostic> diagnostics, string definition)
    {
        Diagnostic[] errors = [.. diagnostics.Where(diagnostic => diagnostic.IsError)];

        // The recorded message about a malformed label has another form than all others.
        return Array.Find(errors, error => error.Code == DiagnosticCodes.InvalidLabelName) is { } label
            ? $"Error=ValueError Args=[{PythonLiteral.Quote(label.Message)}] in definition '{definition}'."
            : $"Invalid State Machine Definition: '{string.Join(", ", errors.Select(error => error.ToString()))}'";
    }
}

using System.Diagnostics.CodeAnalysis;

namespace StepFlow.Language.Templates;

/// <summary>
/// A payload template, parsed once. Members whose names end with <c>.$</c> are expressions; everything else is
/// literal (Amazon States Language, "Payload Template"). Immutable. All evaluations share the parts without expressions.
/// </summary>
public sealed class PayloadTemplate
{
    private readonly TemplateNode _root;

    internal PayloadTemplate(TemplateNode root) => _root = root;

    /// <summary>Whether the template takes its input as a whole or not at all, and needs nothing of its content.</summary>
    public bool PassesInputUnread => _root.PassesInputUnread;

    /// <summary>Reads a template.</summary>
    /// <param name="source">The template as written: of Parameters, ResultSelector, ItemSelector, Assign, Credentials.</param>
    /// <param name="template">The template; null where it has errors.</param>
    /// <param name="errors">The members that are not valid expressions.</param>
    public static bool TryParse(JsonValue source, [NotNullWhen(true)] out PayloadTemplate? template, out IReadOnlyList<TemplateError> errors)
    {
        var parser = new TemplateParser();
        TemplateNode root = parser.Parse(source);
        errors = parser.Errors;
        template = errors.Count == 0 ? new(root) : null;
        return template is not null;
    }

    /// <summary>The value for a scope.</summary>
    /// <param name="scope">The source of the context object, the variables and random values.</param>
    public Outcome<JsonValue> Evaluate(StateScope scope, JsonValue input) => _root.Evaluate(scope, input);
}

namespace StepFlow.Language.Templates;

/// <summary>A member of a payload template that is not a valid expression.</summary>
/// <param name="Location">The location of the object that contains it, from the template's root, in the notation of diagnostics: empty, or <c>/a[0]</c>.</param>
/// <param name="Field">The member's name with its <c>.$</c>.</param>
/// <param name="Reason">The problem.</param>
public sealed record TemplateError(string Location, string Field, string Reason)
{
    /// <summary>Whether another member has the same name without <c>.$</c>.</summary>
    public bool IsDuplicate { get; init; }
}

namespace StepFlow.Language.Templates;

/// <summary>A member of a payload template that is no valid expression.</summary>
/// <param name="Location">Where the object is that it is in, from the template's root, as diagnostics name places: empty, or <c>/a[0]</c>.</param>
/// <param name="Field">The member's name with its <c>.$</c>.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record TemplateError(string Location, string Field, string Reason)
{
    /// <summary>Whether there is a member of the same name, once <c>.$</c> is dropped.</summary>
    public bool IsDuplicate { get; init; }
}

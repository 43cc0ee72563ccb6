namespace StepFlow.Integrations.Resources;

/// <summary>
/// What Resources mean here: the setting <c>StepFlow:Resources</c>, an object from patterns to what they reach. Patterns
/// hold colons, which separate names of settings, so it is read by <see cref="ResourceSettings"/> and not bound.
/// </summary>
public sealed class ResourceMapOptions
{
    internal IReadOnlyList<ResourceEntry> Entries { get; set; } = [];
}

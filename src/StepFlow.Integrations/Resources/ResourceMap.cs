using System.IO.Enumeration;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>The map of Resources. If several patterns match, the most precise one is used.</summary>
/// <param name="options">The entries.</param>
internal sealed class ResourceMap(ResourceMapOptions options)
{
    private readonly ResourceEntry[] _entries = [.. options.Entries
        .OrderByDescending(static entry => entry.IsExact)
        .ThenByDescending(static entry => entry.Precision)
        .ThenBy(static entry => entry.Pattern, StringComparer.Ordinal)];

    /// <summary>The entry of a Resource; null where none matches. An entry without <c>.sync</c> or <c>.waitForTaskToken</c> matches with them too.</summary>
    /// <param name="exactOnly">Whether only entries without <c>*</c> count.</param>
    public ResourceEntry? Find(TaskResource resource, bool exactOnly = false)
    {
        string bare = WithoutPattern(resource);
        return _entries.FirstOrDefault(entry => (entry.IsExact || !exactOnly) && (Matches(entry, resource.Text) || Matches(entry, bare)));
    }

    /// <summary>The Resource without its integration pattern: how an entry names it.</summary>
    public static string WithoutPattern(TaskResource resource)
    {
        string suffix = resource.ActionWithPattern[resource.Action.Length..];
        return resource.Text[..^suffix.Length];
    }

    private static bool Matches(ResourceEntry entry, string text) => entry.IsExact
        ? entry.Pattern == text
        : FileSystemName.MatchesSimpleExpression(entry.Pattern, text, ignoreCase: false);
}

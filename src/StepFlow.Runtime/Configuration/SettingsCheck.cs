using Microsoft.Extensions.Configuration;
using StepFlow.Language.Catalogue;

namespace StepFlow.Runtime.Configuration;

/// <summary>
/// Compares settings with the types that they are bound to, and finds everything that binding would ignore or reject:
/// unknown names, values of another kind, values out of their range, missing ones, unresolved Key Vault references.
/// </summary>
public static class SettingsCheck
{
    /// <summary>Checks all settings.</summary>
    /// <param name="settings">The section <c>StepFlow</c>.</param>
    /// <param name="sections">The sections that exist.</param>
    /// <returns>Every problem, in the order of the settings; empty for none.</returns>
    public static IReadOnlyList<SettingProblem> Check(IConfigurationSection settings, params ReadOnlySpan<SettingsSection> sections)
    {
        SettingsNode root = SettingsNode.OfSections(sections);
        var problems = new List<SettingProblem>();
        Check(settings, string.Empty, root, root, problems);
        return problems;
    }

    /// <summary>The paths of all settings. <c>NAME</c> stands for a name that the user chooses.</summary>
    /// <param name="sections">The sections that exist.</param>
    public static IReadOnlyList<string> Paths(params ReadOnlySpan<SettingsSection> sections) =>
        [.. SettingsNode.OfSections(sections).Paths(string.Empty).Order(StringComparer.Ordinal)];

    private static void Check(IConfigurationSection section, string path, SettingsNode node, SettingsNode root, List<SettingProblem> problems)
    {
        if (node.IsFree)
        {
            return;
        }

        IConfigurationSection[] children = [.. section.GetChildren()];
        if (node.Scalar is { } scalar)
        {
            string? problem = children.Length > 0 ? "must be one value" : SettingsValue.Check(scalar, node.Rules, section.Value);
            problems.AddRange(problem is null ? [] : [new(path, problem)]);
            return;
        }

        if (children.Length == 0 && section.Value is { Length: > 0 })
        {
            problems.Add(new(path, node.Element is null ? $"must be an object with some of {Names(node)}" : "must be a list or an object"));
            return;
        }

        foreach (IConfigurationSection child in children)
        {
            string childPath = path.Length == 0 ? child.Key : $"{path}:{child.Key}";
            if (node.Find(child.Key) is { } known)
            {
                Check(child, childPath, known, root, problems);
            }
            else
            {
                problems.Add(new(childPath, Unknown(childPath, child.Key, node, root)));
            }
        }

        problems.AddRange(node.Members
            .Where(member => member.Value.IsRequired && !children.Any(child => child.Key.Equals(member.Key, StringComparison.OrdinalIgnoreCase)))
            .Select(member => new SettingProblem($"{path}:{member.Key}", "is required")));
    }

    private static string Unknown(string path, string name, SettingsNode node, SettingsNode root)
    {
        string? near = SimilarNames.Find(name, node.Members.Keys);
        string[] elsewhere = [.. root.Paths(string.Empty).Where(known => known.Split(':') is var parts && parts[^1].Equals(name, StringComparison.OrdinalIgnoreCase) && !parts.Contains(SettingsNode.AnyName) && known != path)];
        return (near, elsewhere) switch
        {
            ({ } close, _) => $"is unknown. Did you mean {close}?",
            (null, { Length: >= 1 and <= 3 }) => $"is unknown. The setting is called {string.Join(" or ", elsewhere)}",
            _ => $"is unknown. Known settings are {Names(node)}",
        };
    }

    private static string Names(SettingsNode node) => string.Join(", ", node.Members.Keys.Order(StringComparer.Ordinal));
}

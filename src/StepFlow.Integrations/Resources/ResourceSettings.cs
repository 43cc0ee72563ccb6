using Microsoft.Extensions.Configuration;

namespace StepFlow.Integrations.Resources;

/// <summary>
/// Reads the map of Resources. A pattern such as <c>arn:aws:states:::ecs:runTask*</c> becomes a path of sections in the
/// configuration. It ends at a section with one of the members of an entry.
/// </summary>
internal static class ResourceSettings
{
    private const string Function = nameof(ResourceEntry.Function);
    private const string Url = nameof(ResourceEntry.Url);
    private const string Command = nameof(ResourceEntry.Command);
    private const string Arguments = nameof(ResourceEntry.Arguments);
    private const string Job = nameof(ResourceEntry.Job);
    private const string Rest = nameof(ResourceEntry.Rest);
    private const string Aws = nameof(ResourceEntry.Aws);
    private const string Mock = nameof(ResourceEntry.Mock);

    /// <summary>The members that an entry can have.</summary>
    public static readonly string[] Members = [Function, Url, Command, Arguments, Job, Rest, Aws, Mock];

    /// <summary>The entries of the section.</summary>
    public static IReadOnlyList<ResourceEntry> Read(IConfigurationSection section) =>
        [.. section.GetChildren().SelectMany(static child => Read(child, child.Key))];

    private static IEnumerable<ResourceEntry> Read(IConfigurationSection section, string pattern)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];

        // 'function' is also a part of a function's ARN. There it has children, but as a member it has a value.
        IConfigurationSection[] members = [.. children.Where(static child => child.Value is not null || Is(child, Mock) || Is(child, Arguments))];
        if (members.Length > 0 || children.Length == 0)
        {
            yield return ToEntry(pattern, members);
        }

        foreach (ResourceEntry below in children.Except(members).SelectMany(child => Read(child, $"{pattern}:{child.Key}")))
        {
            yield return below;
        }
    }

    private static ResourceEntry ToEntry(string pattern, IConfigurationSection[] members) => new(pattern)
    {
        Function = Text(members, Function),
        Url = Text(members, Url),
        Command = Text(members, Command),
        Arguments = [.. members.Where(static member => Is(member, Arguments)).SelectMany(static member => member.GetChildren()).Select(static item => item.Value ?? string.Empty)],
        Job = Text(members, Job),
        Rest = Text(members, Rest),
        Aws = Text(members, Aws),
        Mock = members.FirstOrDefault(static member => Is(member, Mock)) is { } mock ? ToJson(mock) : null,
        Unknown = [.. members.Select(static member => member.Key).Where(static name => !Members.Contains(name, StringComparer.OrdinalIgnoreCase))],
    };

    private static string? Text(IConfigurationSection[] members, string name) =>
        members.FirstOrDefault(member => Is(member, name))?.Value is { Length: > 0 } text ? text : null;

    private static bool Is(IConfigurationSection section, string name) => section.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    // Settings are texts. A text that is a number, true or false in JSON is read as that value.
    private static JsonValue ToJson(IConfigurationSection section)
    {
        IConfigurationSection[] children = [.. section.GetChildren()];
        if (children.Length == 0)
        {
            return string.IsNullOrEmpty(section.Value) ? JsonObject.Empty
                : JsonValue.ParseOrNull(section.Value) is { } value and not JsonString ? value
                : section.Value;
        }

        return children.All(static child => int.TryParse(child.Key, out _))
            ? JsonArray.From(children.OrderBy(static child => int.Parse(child.Key, System.Globalization.CultureInfo.InvariantCulture)).Select(ToJson))
            : JsonObject.Create([.. children.Select(static child => (child.Key, ToJson(child)))]);
    }
}

using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using StepFlow.Integrations.Configuration;

namespace StepFlow.Runtime.Configuration;

/// <summary>The content of a section of the settings: one value, members with fixed names, or elements with any name.</summary>
internal sealed class SettingsNode
{
    private static readonly FrozenSet<Type> Scalars = FrozenSet.Create(
        typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(TimeSpan), typeof(Uri));

    /// <summary>Stands in paths for a name of the user's choice.</summary>
    public const string AnyName = "NAME";

    private SettingsNode()
    {
    }

    /// <summary>The type of the value; null if there are members or elements.</summary>
    public Type? Scalar { get; private init; }

    /// <summary>The rules for the value.</summary>
    public IReadOnlyList<ValidationAttribute> Rules { get; private init; } = [];

    /// <summary>Whether it is required if its parent section exists.</summary>
    public bool IsRequired => Rules.Any(static rule => rule is RequiredAttribute);

    /// <summary>Whether the code that reads it validates it.</summary>
    public bool IsFree { get; private init; }

    /// <summary>The members by name.</summary>
    public IReadOnlyDictionary<string, SettingsNode> Members { get; private init; } = FrozenDictionary<string, SettingsNode>.Empty;

    /// <summary>The content of each element of a list or a dictionary; null if there are members.</summary>
    public SettingsNode? Element { get; private init; }

    /// <summary>Whether elements have no names.</summary>
    public bool IsList { get; private init; }

    /// <summary>All sections together.</summary>
    public static SettingsNode OfSections(ReadOnlySpan<SettingsSection> sections)
    {
        var members = new Dictionary<string, SettingsNode>();
        foreach (SettingsSection section in sections)
        {
            SettingsNode node = Of(section.Type, []);
            foreach ((string name, SettingsNode member) in section.Name.Length == 0 ? node.Members : new Dictionary<string, SettingsNode> { [section.Name] = node })
            {
                members.Add(name, member);
            }
        }

        return new() { Members = ByName(members) };
    }

    /// <summary>The node of a child; null if there is none with this name.</summary>
    public SettingsNode? Find(string name) => Element ?? Members.GetValueOrDefault(name);

    /// <summary>The paths of all values and lists. <c>NAME</c> stands for a name that the user chooses.</summary>
    public IEnumerable<string> Paths(string path) => this switch
    {
        { Element: { } element, IsList: false } => element.Paths($"{path}:{AnyName}"),
        { Element: null, Scalar: null, IsFree: false } => Members.SelectMany(member => member.Value.Paths(path.Length == 0 ? member.Key : $"{path}:{member.Key}")),
        _ => [path],
    };

    private static SettingsNode Of(Type type, IReadOnlyList<ValidationAttribute> rules)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalars.Contains(plain) || plain.IsEnum)
        {
            return new() { Scalar = plain, Rules = rules };
        }

        Type[] arguments = ElementsOf(type);
        return arguments.Length > 0 ? new() { Element = Of(arguments[^1], []), IsList = arguments.Length == 1 } : new() { Members = ByName(MembersOf(type)) };
    }

    private static Dictionary<string, SettingsNode> MembersOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.CanWrite)
        .ToDictionary(static property => property.Name, static property => property.IsDefined(typeof(FreeFormAttribute))
            ? new() { IsFree = true }
            : Of(property.PropertyType, [.. property.GetCustomAttributes<ValidationAttribute>()]));

    // The last argument of a dictionary is its value, the only one of a list its element.
    private static Type[] ElementsOf(Type type) => type
        .GetInterfaces()
        .Append(type)
        .Where(static candidate => candidate.IsGenericType)
        .OrderByDescending(static candidate => candidate.GetGenericArguments().Length)
        .FirstOrDefault(static candidate => candidate.GetGenericTypeDefinition() == typeof(IDictionary<,>) || candidate.GetGenericTypeDefinition() == typeof(ICollection<>))
        ?.GetGenericArguments() ?? [];

    private static FrozenDictionary<string, SettingsNode> ByName(Dictionary<string, SettingsNode> members) => members.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}

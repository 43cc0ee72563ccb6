using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using StepFlow.Integrations.Configuration;
using StepFlow.Local.Configuration;
using StepFlow.Runtime.Configuration;

namespace StepFlow.Local.Tests.Docs;

/// <summary>The page of settings: every path, what it takes, its default, and its documentation comment.</summary>
internal static class SettingsReference
{
    private const string AnyName = "NAME";

    /// <summary>Writes the page.</summary>
    public static string Write()
    {
        var text = new StringBuilder("# Settings\n\n");
        text.Append("Settings have the same names on both hosts: in `stepflow.json` they are members (or a whole path as one name, `\"Http:TimeoutSeconds\": 10`),\n")
            .Append("environment variables and the app settings on Azure have the prefix `StepFlow__` and `__` between the parts (`StepFlow__Http__TimeoutSeconds`).\n")
            .Append("`NAME` stands for a name of your choice. Paths of files are relative to the configuration file. `Server` is for the local\n")
            .Append("server only. At start the host reports every unknown or invalid setting, with its location.\n\n")
            .Append(Reference.Made);
        Row[] rows = [.. ConfigurationFile.Sections.SelectMany(static section => Rows(section.Type, section.Name)).OrderBy(static row => row.Path, StringComparer.Ordinal)];
        string[] missing = [.. SettingsCheck.Paths(ConfigurationFile.Sections).Except(rows.Select(static row => row.Path))];
        Assert.Empty(missing);
        foreach (IGrouping<string, Row> part in rows.GroupBy(static row => row.Path.Contains(':', StringComparison.Ordinal) ? row.Path.Split(':')[0] : string.Empty))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {(part.Key.Length == 0 ? "At the top" : part.Key)}\n\n| setting | takes | default | meaning |\n|---|---|---|---|\n");
            foreach (Row row in part)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{row.Path}` | {row.Takes} | {row.Standard} | {row.Meaning} |\n");
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<Row> Rows(Type type, string path)
    {
        if (ElementOf(type) is { } element)
        {
            return Rows(element, Join(path, AnyName));
        }

        object owner = Activator.CreateInstance(type)!;
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.CanWrite).SelectMany(property => Rows(property, owner, Join(path, property.Name)));
    }

    private static IEnumerable<Row> Rows(PropertyInfo property, object owner, string path)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Type? element = ElementOf(type);
        bool isFree = property.IsDefined(typeof(FreeFormAttribute));
        if (!isFree && ((element is null && !IsScalar(type) && !IsList(type)) || (element is not null && !IsScalar(element))))
        {
            return Rows(element ?? type, element is null ? path : Join(path, AnyName));
        }

        // Members that a type inherits are described where they are declared.
        Type declared = property.DeclaringType!;
        string meaning = Reference.Summary(declared, $"P:{declared.FullName!.Replace('+', '.')}.{property.Name}").Replace("|", "\\|", StringComparison.Ordinal);
        string takes = isFree ? "its own form" : element is not null ? Kind(element, property) : IsList(type) ? "a list" : Kind(type, property);
        return [new(element is not null && !isFree ? Join(path, AnyName) : path, takes, element is null && !isFree ? Standard(property.GetValue(owner)) : string.Empty, meaning)];
    }

    private static string Kind(Type type, PropertyInfo property) => property.GetCustomAttribute<RangeAttribute>() is { } range
        ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
        : type switch
        {
            _ when type.IsEnum => string.Join(", ", Enum.GetNames(type).Select(static name => $"`{name}`")),
            _ when type == typeof(bool) => "true, false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(Uri) => "a URL",
            _ when type == typeof(TimeSpan) => "a time",
            _ => "a text",
        };

    private static string Standard(object? value) => value switch
    {
        null or "" => string.Empty,
        bool flag => flag ? "`true`" : "`false`",
        string or Enum or Uri => $"`{value}`",
        IEnumerable items => string.Join(", ", items.Cast<object>().Select(static one => $"`{one}`")),
        ValueType => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
        _ => string.Empty,
    };

    private static bool IsScalar(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(Uri) || plain == typeof(TimeSpan));

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && ElementOf(type) is null;

    /// <summary>What stands under names of the user's choice; null where there are none.</summary>
    private static Type? ElementOf(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(static one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IDictionary<,>))?.GetGenericArguments()[1];

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private sealed record Row(string Path, string Takes, string Standard, string Meaning);
}

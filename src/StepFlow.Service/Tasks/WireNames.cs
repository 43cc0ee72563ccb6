namespace StepFlow.Service.Tasks;

/// <summary>Names of members as tasks see them (Pascal case) and as the API has them (camel case).</summary>
internal static class WireNames
{
    public static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}

using System.Globalization;

namespace StepFlow.Local.Serving;

/// <summary>The maximum number of files and connections that this process can open.</summary>
internal static class OpenFileLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>The current limit. Null if there is none or it cannot be read.</summary>
    public static int? Read() => File.Exists(Limits)
        ? File.ReadLines(Limits)
            .Where(static line => line.StartsWith(Name, StringComparison.Ordinal))
            .Select(static line => int.TryParse(line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit : (int?)null)
            .FirstOrDefault()
        : null;
}

namespace StepFlow.Integrations.Processes;

/// <summary>
/// The environment of child processes: only the variables with which a program finds its files and its language. The
/// other variables of this process contain connection strings and keys, which a program of a definition must not get.
/// </summary>
internal static class ChildEnvironment
{
    private static readonly HashSet<string> Passed = new(
        OperatingSystem.IsWindows()
            ? ["PATH", "PATHEXT", "SystemRoot", "SystemDrive", "windir", "ComSpec", "TEMP", "TMP", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "ProgramData", "ProgramFiles", "NUMBER_OF_PROCESSORS"]
            : ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"],
        OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    /// <summary>Makes the environment of a child process from that of this process.</summary>
    /// <param name="environment">The environment of this process. It is changed to the child's.</param>
    /// <param name="inherited">Variables of this process that the child has as well.</param>
    /// <param name="added">Variables that the child has besides.</param>
    public static void Fill(IDictionary<string, string?> environment, IReadOnlyCollection<string> inherited, IReadOnlyDictionary<string, string> added)
    {
        foreach (string name in environment.Keys.Where(name => !IsPassed(name) && !inherited.Contains(name)).ToArray())
        {
            environment.Remove(name);
        }

        foreach ((string name, string value) in added)
        {
            environment[name] = value;
        }
    }

    private static bool IsPassed(string name) => Passed.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal);
}

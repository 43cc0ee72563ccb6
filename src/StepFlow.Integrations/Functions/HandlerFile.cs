using System.Reflection;

namespace StepFlow.Integrations.Functions;

/// <summary>
/// A file with a Lambda-style handler, <c>handler(event, context)</c>, run by Python or Node. Its output goes to the log,
/// its return value is the result, and an exception is the failure, with the exception's type as the error name.
/// </summary>
internal static class HandlerFile
{
    /// <summary>The program for a file, by its extension.</summary>
    private static readonly Dictionary<string, (string Command, string Script, string[] Options)> Runtimes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".py"] = ("python3", "handler.py", ["-c"]),
        [".mjs"] = ("node", "handler.mjs", ["--input-type=module", "-e"]),
        [".cjs"] = ("node", "handler.mjs", ["--input-type=module", "-e"]),
        [".js"] = ("node", "handler.mjs", ["--input-type=module", "-e"]),
    };

    /// <summary>The extensions that are known.</summary>
    public static IEnumerable<string> Extensions => Runtimes.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether something runs the file.</summary>
    public static bool IsKnown(string file) => Runtimes.ContainsKey(Path.GetExtension(file));

    /// <summary>The program that runs the handler.</summary>
    public static FunctionOptions ToProgram(FunctionOptions options)
    {
        string file = Path.GetFullPath(options.File!, options.WorkingDirectory is { } folder ? Path.GetFullPath(folder) : Directory.GetCurrentDirectory());
        (string command, string script, string[] before) = Runtimes[Path.GetExtension(file)];
        return new()
        {
            Command = command,
            Arguments = [.. before, Read(script), file, options.Entry],
            WorkingDirectory = options.WorkingDirectory ?? Path.GetDirectoryName(file),
            InheritedEnvironment = options.InheritedEnvironment,
            Environment = options.Environment,
            TimeoutSeconds = options.TimeoutSeconds,
            MemoryBytes = options.MemoryBytes,
            MaxResponseBytes = options.MaxResponseBytes,
        };
    }

    private static string Read(string script)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("StepFlow.Integrations.Functions." + script)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

namespace StepFlow.Integrations.Processes;

/// <summary>A program to run as a child process. Never through a shell: arguments reach the program as they are.</summary>
public sealed record ChildCommand
{
    /// <summary>The program: a path, or a name that is found in PATH.</summary>
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its working directory; null for that of this process.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables of this process that it sees besides the few that every program needs (PATH, HOME, LANG, …). By default none.</summary>
    public IReadOnlyList<string> Inherited { get; init; } = [];

    /// <summary>Environment variables to add.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Its standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How long it may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The maximum number of bytes of standard output. A program that writes more is stopped.</summary>
    public int MaxOutputBytes { get; init; } = 6 * 1024 * 1024;

    /// <summary>Receives every line of standard output. If it is set, the output is not collected.</summary>
    public Action<string>? OutputLine { get; init; }
}

namespace StepFlow.Local.Failures;

/// <summary>The exit codes of the command. Scripts depend on them.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The execution failed, timed out or was stopped.</summary>
    public const int ExecutionFailed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A definition has errors.</summary>
    public const int InvalidDefinition = 3;

    /// <summary>A file is missing, cannot be read, or is not JSON.</summary>
    public const int InvalidInput = 4;

    /// <summary>No server responds.</summary>
    public const int ServerUnreachable = 5;

    /// <summary>The server rejected the request.</summary>
    public const int Refused = 6;

    /// <summary>The port is in use, or cannot be listened on.</summary>
    public const int PortUnavailable = 7;

    /// <summary>Another server has the data folder open.</summary>
    public const int DataLocked = 8;

    /// <summary>The data file is damaged, is not ours, or cannot be read or written.</summary>
    public const int DataUnusable = 9;

    /// <summary>A newer StepFlow wrote the data file.</summary>
    public const int DataNewer = 10;

    /// <summary>The configuration file is wrong.</summary>
    public const int InvalidConfiguration = 11;

    /// <summary>A library that the program takes from the system is not installed.</summary>
    public const int LibraryMissing = 12;

    /// <summary>A bug of ours.</summary>
    public const int Internal = 70;

    /// <summary>Interrupted (Ctrl+C).</summary>
    public const int Interrupted = 130;

    /// <summary>The list that <c>--help</c> shows.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Success, "success"),
        (ExecutionFailed, "the execution failed, timed out or was stopped"),
        (Usage, "the command line is wrong"),
        (InvalidDefinition, "a definition has errors"),
        (InvalidInput, "a file is missing, cannot be read, or is not JSON"),
        (ServerUnreachable, "no server responds"),
        (Refused, "the server refused the request"),
        (PortUnavailable, "the server cannot listen on the port"),
        (DataLocked, "another server has the data folder open"),
        (DataUnusable, "the data file is damaged, is not a StepFlow data file, or cannot be used"),
        (DataNewer, "a newer StepFlow wrote the data file"),
        (InvalidConfiguration, "the configuration file has errors"),
        (LibraryMissing, "a library of the system is missing: OpenSSL"),
        (Internal, "a bug in StepFlow"),
        (Interrupted, "interrupted"),
    ];
}

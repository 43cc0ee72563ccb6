namespace StepFlow.Integrations.Functions;

/// <summary>
/// Where a named function is. Exactly one of <see cref="Url"/>, <see cref="Command"/>, <see cref="File"/> and <see cref="Handler"/> is set.
/// Settings: <c>StepFlow:Functions:NAME:…</c>.
/// </summary>
public sealed class FunctionOptions
{
    /// <summary>An HTTP endpoint that takes the payload by POST and answers with the result: an Azure Function.</summary>
    public Uri? Url { get; set; }

    /// <summary>The function key, sent as <c>x-functions-key</c>; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>The Entra ID audience that a token of the managed identity is asked for (<c>api://…</c>); null for no token.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// A program of this machine: the payload on standard input, exit code 0, and the result in the file that
    /// <c>STEPFLOW_RESULT_FILE</c> names or, where it writes none, on standard output.
    /// </summary>
    public string? Command { get; set; }

    /// <summary>The program's arguments.</summary>
    public IList<string> Arguments { get; init; } = [];

    /// <summary>The program's working directory; null for the server's.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>Names of environment variables of the server that the program sees too. By default it sees only PATH, HOME, LANG and the like: not the server's secrets.</summary>
    public IList<string> InheritedEnvironment { get; init; } = [];

    /// <summary>Environment variables for the program.</summary>
    public IDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// A file with a Lambda-style handler, <c>handler(event, context)</c>: <c>.py</c> is run by python3, <c>.mjs</c>, <c>.js</c> and
    /// <c>.cjs</c> by node. What it prints goes to the log, and its exception's type is the error's name.
    /// </summary>
    public string? File { get; set; }

    /// <summary>The function in <see cref="File"/>. By default <c>handler</c>.</summary>
    public string Entry { get; set; } = "handler";

    /// <summary>The name of a built-in handler. A built-in handler also answers to its own name without any setting.</summary>
    public string? Handler { get; set; }

    /// <summary>Seconds a call may take: 1 to 86400, by default 900. Beyond: <c>Sandbox.Timedout</c>.</summary>
    public int TimeoutSeconds { get; set; } = 900;

    /// <summary>
    /// Bytes of memory that one run of a program is counted with: 0 to 1 TiB, by default 128 MiB. Together the programs that run
    /// are counted with no more than <c>Processes:MemoryBytes</c>; others wait.
    /// </summary>
    public long MemoryBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>Bytes that the result may have: 1 to 100 MiB, by default 6 MiB.</summary>
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;
}

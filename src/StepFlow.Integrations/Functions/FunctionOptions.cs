namespace StepFlow.Integrations.Functions;

/// <summary>
/// Where a named function is. Exactly one of <see cref="Url"/>, <see cref="Command"/>, <see cref="File"/>, <see cref="Handler"/> and <see cref="Job"/> is set.
/// Settings: <c>StepFlow:Functions:NAME:…</c>.
/// </summary>
public sealed class FunctionOptions
{
    /// <summary>An HTTP endpoint that gets the payload by POST and responds with the result, for example an Azure Function.</summary>
    public Uri? Url { get; set; }

    /// <summary>The function key, sent as <c>x-functions-key</c>; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>The Entra ID audience of the managed identity's token (<c>api://…</c>); null for no token.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// A program on this machine. It gets the payload on standard input and exits with 0. It writes the result to the file
    /// that <c>STEPFLOW_RESULT_FILE</c> names, or to standard output.
    /// </summary>
    public string? Command { get; set; }

    /// <summary>The program's arguments.</summary>
    public IList<string> Arguments { get; init; } = [];

    /// <summary>The program's working directory; null for the server's.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>
    /// Names of environment variables of the server that the program also sees. By default it sees only PATH, HOME, LANG and
    /// the like, not the server's secrets.
    /// </summary>
    public IList<string> InheritedEnvironment { get; init; } = [];

    /// <summary>Environment variables for the program.</summary>
    public IDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// A file with a Lambda-style handler, <c>handler(event, context)</c>: <c>.py</c> runs with python3; <c>.mjs</c>,
    /// <c>.js</c> and <c>.cjs</c> run with node. Its output goes to the log. If it throws, the type of the exception is the
    /// error name.
    /// </summary>
    public string? File { get; set; }

    /// <summary>The function in <see cref="File"/>. By default <c>handler</c>.</summary>
    public string Entry { get; set; } = "handler";

    /// <summary>The name of a built-in handler. A built-in handler can also be called by its own name, without a setting.</summary>
    public string? Handler { get; set; }

    /// <summary>
    /// The name of a job (<c>Jobs</c>) that runs the function. It gets the payload as its input and <c>STEPFLOW_FUNCTION</c>, and
    /// writes its result to the file <c>STEPFLOW_RESULT_FILE</c> or the blob <c>STEPFLOW_RESULT_BLOB</c>. It may run as long as the
    /// state's <c>TimeoutSeconds</c>.
    /// </summary>
    public string? Job { get; set; }

    /// <summary>Maximum seconds of a call: 1 to 86400, by default 900. After that the error is <c>Sandbox.Timedout</c>. A job has no such limit.</summary>
    public int TimeoutSeconds { get; set; } = 900;

    /// <summary>
    /// Bytes of memory that one run of the program counts as: 0 to 1 TiB, by default 128 MiB. If the running programs would
    /// exceed <c>Processes:MemoryBytes</c> together, further programs wait.
    /// </summary>
    public long MemoryBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>Maximum bytes of the result: 1 to 100 MiB, by default 6 MiB.</summary>
    public int MaxResponseBytes { get; set; } = 6 * 1024 * 1024;
}

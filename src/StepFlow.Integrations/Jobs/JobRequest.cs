namespace StepFlow.Integrations.Jobs;

/// <summary>A job to run once.</summary>
/// <param name="Call">The task that runs it. Its idempotency key identifies the job, and its arguments are the job's input.</param>
internal sealed record JobRequest(TaskCall Call)
{
    /// <summary>The arguments instead of the configured ones; null for the configured ones.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Arguments after the others.</summary>
    public IReadOnlyList<string> MoreArguments { get; init; } = [];

    /// <summary>Environment variables in addition to the configured ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The values for <c>Ref::NAME</c> in the arguments (Batch API, SubmitJob: parameters).</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The arguments to use, with the parameters replaced.</summary>
    public IReadOnlyList<string> ArgumentsOver(IEnumerable<string> configured) =>
        [.. (Arguments ?? configured).Concat(MoreArguments).Select(Fill)];

    /// <summary>The environment variables of the program: the configured ones, those of the request, and the data of the task.</summary>
    public Dictionary<string, string> EnvironmentOver(IEnumerable<KeyValuePair<string, string>> configured) => TaskEnvironment.Of(
        Call, configured.Concat(Environment).GroupBy(static pair => pair.Key, static (key, pairs) => KeyValuePair.Create(key, pairs.Last().Value)));

    private string Fill(string argument) =>
        Parameters.Aggregate(argument, static (text, parameter) => text.Replace("Ref::" + parameter.Key, parameter.Value, StringComparison.Ordinal));
}

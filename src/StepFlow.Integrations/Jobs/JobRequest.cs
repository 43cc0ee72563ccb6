namespace StepFlow.Integrations.Jobs;

/// <summary>A job to run once.</summary>
/// <param name="Call">The task that runs it. Its idempotency key is what the job is found by again, and its arguments are the job's input.</param>
internal sealed record JobRequest(TaskCall Call)
{
    /// <summary>The arguments in place of the configured ones; null for those.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Arguments after the others.</summary>
    public IReadOnlyList<string> MoreArguments { get; init; } = [];

    /// <summary>Environment variables beside the configured ones.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Values for places <c>Ref::NAME</c> in the arguments (Batch API, SubmitJob: parameters).</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The arguments that count, with the parameters in their places.</summary>
    public IReadOnlyList<string> ArgumentsOver(IEnumerable<string> configured) =>
        [.. (Arguments ?? configured).Concat(MoreArguments).Select(Fill)];

    private string Fill(string argument) =>
        Parameters.Aggregate(argument, static (text, parameter) => text.Replace("Ref::" + parameter.Key, parameter.Value, StringComparison.Ordinal));
}

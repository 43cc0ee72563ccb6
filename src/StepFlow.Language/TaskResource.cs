namespace StepFlow.Language;

/// <summary>The parts of a Task's <c>Resource</c>.</summary>
public sealed record TaskResource
{
    /// <summary>The text as written.</summary>
    public required string Text { get; init; }

    /// <summary>The sort of resource; decides which history events a task writes.</summary>
    public required TaskResourceKind Kind { get; init; }

    /// <summary>
    /// The service: <c>lambda</c>, <c>sqs</c>, <c>http</c>, <c>states</c>, or <c>aws-sdk:s3</c> for an SDK integration;
    /// history events call it <c>resourceType</c>. Empty for a function or activity ARN.
    /// </summary>
    public string Service { get; init; } = string.Empty;

    /// <summary>The API action, without suffix: <c>invoke</c>, <c>sendMessage</c>. Empty for a function or activity ARN.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>How the task waits.</summary>
    public TaskPattern Pattern { get; init; }

    /// <summary>The region of an ARN that has one; else null.</summary>
    public string? Region { get; init; }

    /// <summary>Whether it is an SDK integration (<c>arn:aws:states:::aws-sdk:service:action</c>).</summary>
    public bool IsSdk => Service.StartsWith("aws-sdk:", StringComparison.Ordinal);

    /// <summary>The action with its suffix, as history events name it (<c>startExecution.sync:2</c>).</summary>
    public string ActionWithPattern => Action + SuffixOf(Pattern);

    /// <summary>The suffix of a Resource with this pattern; empty for <see cref="TaskPattern.RequestResponse"/>.</summary>
    public static string SuffixOf(TaskPattern pattern) => pattern switch
    {
        TaskPattern.Sync => ".sync",
        TaskPattern.Sync2 => ".sync:2",
        TaskPattern.WaitForTaskToken => ".waitForTaskToken",
        _ => string.Empty,
    };

    /// <summary>Reads a Resource. Any text is accepted. A Resource that cannot be called fails when it is called.</summary>
    public static TaskResource Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts is ["arn", _, "lambda", var lambdaRegion, ..])
        {
            return new() { Text = text, Kind = TaskResourceKind.Function, Region = lambdaRegion };
        }

        if (parts is ["arn", _, "states", var region, _, "activity", ..])
        {
            return new() { Text = text, Kind = TaskResourceKind.Activity, Region = region };
        }

        // The services of Azure can also be named by their own names: azure:blob:getBlob.
        bool isAzure = parts is ["azure", _, _, ..];
        if (!isAzure && parts is not ["arn", _, "states", _, _, _, ..])
        {
            return new() { Text = text, Kind = TaskResourceKind.Unknown };
        }

        string rest = isAzure ? text : string.Join(':', parts[5..]);
        TaskPattern pattern = TaskPattern.RequestResponse;
        foreach ((string suffix, TaskPattern candidate) in Suffixes)
        {
            if (rest.EndsWith(suffix, StringComparison.Ordinal))
            {
                pattern = candidate;
                rest = rest[..^suffix.Length];
                break;
            }
        }

        int at = rest.LastIndexOf(':');
        return new()
        {
            Text = text,
            Kind = at < 0 ? TaskResourceKind.Unknown : TaskResourceKind.Service,
            Service = at < 0 ? rest : rest[..at],
            Action = at < 0 ? string.Empty : rest[(at + 1)..],
            Pattern = pattern,
        };
    }

    private static readonly (string Suffix, TaskPattern Pattern)[] Suffixes =
    [
        (".sync:2", TaskPattern.Sync2),
        (".sync", TaskPattern.Sync),
        (".waitForTaskToken", TaskPattern.WaitForTaskToken),
    ];
}

/// <summary>The sort of a task's resource.</summary>
public enum TaskResourceKind
{
    /// <summary>A function by its ARN: <c>LambdaFunction…</c> events.</summary>
    Function,

    /// <summary>An activity by its ARN: <c>Activity…</c> events.</summary>
    Activity,

    /// <summary>A service integration: <c>Task…</c> events.</summary>
    Service,

    /// <summary>None of these.</summary>
    Unknown,
}

/// <summary>The service integration patterns of Step Functions.</summary>
public enum TaskPattern
{
    /// <summary>The response of the call is the result.</summary>
    RequestResponse,

    /// <summary>Waits for the job the call starts (<c>.sync</c>).</summary>
    Sync,

    /// <summary>As <see cref="Sync"/>, with JSON results parsed (<c>.sync:2</c>).</summary>
    Sync2,

    /// <summary>Waits until the task token is returned (<c>.waitForTaskToken</c>).</summary>
    WaitForTaskToken,
}

namespace StepFlow.Integrations.Resources;

/// <summary>
/// One entry of the map of Resources. It has exactly one of <see cref="Function"/>, <see cref="Url"/>,
/// <see cref="Command"/>, <see cref="Job"/>, <see cref="Rest"/>, <see cref="Aws"/> and <see cref="Mock"/>. Texts can contain <c>{service}</c>, <c>{action}</c>, <c>{name}</c>,
/// <c>{region}</c> and <c>{account}</c> of the Resource.
/// </summary>
/// <param name="Pattern">A Resource, with <c>*</c> for any text.</param>
public sealed record ResourceEntry(string Pattern)
{
    /// <summary>A function by its name in the setting <c>Functions</c>, or a built-in one.</summary>
    public string? Function { get; init; }

    /// <summary>An HTTP endpoint that receives the arguments by POST, as JSON. Its response is the result.</summary>
    public string? Url { get; init; }

    /// <summary>A program of this machine that takes the arguments on standard input.</summary>
    public string? Command { get; init; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A job by its name in the setting <c>Jobs</c>.</summary>
    public string? Job { get; init; }

    /// <summary>A REST API by its name in the setting <c>Rest</c>. The arguments are the body of the request, and the body of the response is the result.</summary>
    public string? Rest { get; init; }

    /// <summary>The real service of AWS, with an account of the setting <c>Aws</c>.</summary>
    public string? Aws { get; init; }

    /// <summary>A result that is always the same.</summary>
    public JsonValue? Mock { get; init; }

    /// <summary>The unknown members of the entry.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>How many of its targets are set: exactly one in an entry that can be used.</summary>
    public int Targets => new object?[] { Function, Url, Command, Job, Rest, Aws, Mock }.Count(static target => target is not null);

    /// <summary>Whether it names one Resource and no more.</summary>
    public bool IsExact => !Pattern.Contains('*', StringComparison.Ordinal);

    /// <summary>The precision of the pattern. If several patterns match, the most precise one is used.</summary>
    public int Precision => Pattern.Count(static c => c != '*');

    /// <summary>The target, in words.</summary>
    public string Reaches => this switch
    {
        { Function: { } function } => $"function {function}",
        { Url: { } url } => url,
        { Command: { } command } => $"program {string.Join(' ', [command, .. Arguments])}",
        { Job: { } job } => $"job {job}",
        { Rest: { } rest } => $"REST target {rest}",
        { Aws: { } account } => $"AWS with the account {account}",
        _ => "a fixed result",
    };
}

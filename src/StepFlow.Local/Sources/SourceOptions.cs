namespace StepFlow.Local.Sources;

/// <summary>The options of a command line for reading definitions.</summary>
internal sealed record SourceOptions
{
    /// <summary>Values of the <c>${Name}</c> in definitions.</summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether files that a template refers to are read. A text from a request must not refer to files of this machine.</summary>
    public bool ReadsFiles { get; init; } = true;

    /// <summary>The state machine to read from a file that contains several. Null for all of them.</summary>
    public string? Machine { get; init; }
}

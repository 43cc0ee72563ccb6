namespace StepFlow.Local.Sources;

/// <summary>What a command line says about the definitions that it names.</summary>
internal sealed record SourceOptions
{
    public static readonly SourceOptions Default = new();

    /// <summary>Values of the <c>${Name}</c> in definitions.</summary>
    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether files that a template names are read. A text that somebody sends must not name files of this machine.</summary>
    public bool ReadsFiles { get; init; } = true;

    /// <summary>The machine to take of a file that holds several; null for all of them.</summary>
    public string? Machine { get; init; }
}

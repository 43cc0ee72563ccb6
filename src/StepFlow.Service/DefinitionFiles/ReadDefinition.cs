using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>A definition as a file has it, and the JSON that Step Functions takes.</summary>
public sealed class ReadDefinition
{
    private readonly Func<string?, SourcePosition?> _find;
    private readonly SubstitutedText _source;

    internal ReadDefinition(string text, SubstitutedText source, Func<string?, SourcePosition?> find)
    {
        Text = text;
        _source = source;
        _find = find;
    }

    /// <summary>The definition as JSON; what stands in the file where it cannot be read.</summary>
    public string Text { get; }

    /// <summary>The machine's name, where the file says it; null elsewhere.</summary>
    public string? Name { get; init; }

    /// <summary>Why the file cannot be read as a definition; null where it can, and where the reading of the JSON says it.</summary>
    public Diagnostic? Problem { get; init; }

    public SourcePosition ProblemPosition { get; init; } = new(1, 1);

    /// <summary>The names of <c>${Name}</c> that were given no value, and where each stands first.</summary>
    public IEnumerable<(string Name, SourcePosition Position)> MissingSubstitutions => _source.Missing().Select(one => IsPart ? (one.Name, Find(null)) : one);

    /// <summary>Whether the definition is a part of another file: places within its text are none of the file's.</summary>
    internal bool IsPart { get; init; }

    /// <summary>Where a place of the definition, as diagnostics name it, stands in the file; the nearest place around it else.</summary>
    public SourcePosition Find(string? location) => _source.Original(_find(location) ?? new(1, 1));

    /// <summary>Where a finding about the definition stands in the file. What is no JSON has its place from the parser.</summary>
    public SourcePosition PositionOf(Diagnostic found) =>
        found == Problem ? ProblemPosition : Find(found.Code == DiagnosticCodes.InvalidJsonDescription ? null : found.Location);
}

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

    /// <summary>The definition as JSON; the content of the file if it cannot be read.</summary>
    public string Text { get; }

    /// <summary>The name of the state machine, if the file has it; otherwise null.</summary>
    public string? Name { get; init; }

    /// <summary>Why the file cannot be read as a definition. Null if it can, or if the JSON parser reports it.</summary>
    public Diagnostic? Problem { get; init; }

    public SourcePosition ProblemPosition { get; init; } = new(1, 1);

    /// <summary>The names of <c>${Name}</c> without a value, with the position of the first use.</summary>
    public IEnumerable<(string Name, SourcePosition Position)> MissingSubstitutions => _source.Missing().Select(one => IsPart ? (one.Name, Find(null)) : one);

    /// <summary>Whether the definition is a part of another file. Then positions in its text are not positions in the file.</summary>
    internal bool IsPart { get; init; }

    /// <summary>The position in the file of a location, or of the nearest location that contains it.</summary>
    public SourcePosition Find(string? location) => _source.Original(_find(location) ?? new(1, 1));

    /// <summary>The position of a finding in the file. For text that is not JSON, it comes from the parser.</summary>
    public SourcePosition PositionOf(Diagnostic found) =>
        found == Problem ? ProblemPosition : Find(found.Code == DiagnosticCodes.InvalidJsonDescription ? null : found.Location);
}

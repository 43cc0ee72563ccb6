using StepFlow.Language.Definition;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>A text is not YAML, or holds what no JSON can say.</summary>
/// <param name="reason">What is wrong, without the place.</param>
/// <param name="inner">What the YAML parser said; null for none.</param>
public sealed class YamlFormatException(string reason, SourcePosition position, Exception? inner = null) : FormatException($"{reason} (line {position.Line}, column {position.Column})", inner)
{
    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; } = reason;

    public SourcePosition Position { get; } = position;
}

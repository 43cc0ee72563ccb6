using StepFlow.Language.Definition;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>A text is not YAML, or contains something that JSON cannot represent.</summary>
/// <param name="reason">The problem, without its position.</param>
/// <param name="inner">The exception of the YAML parser; null for none.</param>
public sealed class YamlFormatException(string reason, SourcePosition position, Exception? inner = null) : FormatException($"{reason} (line {position.Line}, column {position.Column})", inner)
{
    /// <summary>The problem, without its position.</summary>
    public string Reason { get; } = reason;

    public SourcePosition Position { get; } = position;
}

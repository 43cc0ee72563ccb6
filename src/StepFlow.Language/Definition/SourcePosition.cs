namespace StepFlow.Language.Definition;

/// <summary>A position in a text. Lines and columns count from 1. A column is a UTF-16 unit.</summary>
public readonly record struct SourcePosition(int Line, int Column);

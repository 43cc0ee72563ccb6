namespace StepFlow.Language.Definition;

/// <summary>A place in a text. Lines and columns count from 1; columns are UTF-16 units.</summary>
public readonly record struct SourcePosition(int Line, int Column);

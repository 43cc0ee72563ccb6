using StepFlow.Language.Definition;

namespace StepFlow.Service.DefinitionFiles;

/// <summary>A value that was read from a file.</summary>
/// <param name="Positions">The positions of its parts in the file.</param>
public sealed record SourceDocument(JsonValue Value, SourceMap Positions);

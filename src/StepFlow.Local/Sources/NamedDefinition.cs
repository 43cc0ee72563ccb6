using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Sources;

/// <summary>A definition in a file.</summary>
/// <param name="Name">The machine's name: what the file says, or the file's own name.</param>
/// <param name="Path">The file that its places are in.</param>
/// <param name="Read">What was read.</param>
internal sealed record NamedDefinition(string Name, string Path, ReadDefinition Read);

using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Sources;

/// <summary>A definition in a file.</summary>
/// <param name="Name">The name of the state machine: that in the file, or that of the file.</param>
/// <param name="Path">The file that positions refer to.</param>
/// <param name="Read">The content.</param>
internal sealed record NamedDefinition(string Name, string Path, ReadDefinition Read);

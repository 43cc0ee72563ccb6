using StepFlow.Language;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Service.Deployments;

/// <summary>A definition of a folder of state machines.</summary>
/// <param name="Type">The machine's type, by the settings.</param>
/// <param name="Read">The content; null if the file cannot be read.</param>
/// <param name="Problem">Why the file cannot be used; null where it can, as far as the definition is valid.</param>
public sealed record FolderDefinition(string Name, string File, StateMachineType Type, ReadDefinition? Read, string? Problem);

using StepFlow.Local.Sources;

namespace StepFlow.Local.Templates;

/// <summary>A state machine that a template defines.</summary>
/// <param name="Definition">Its name and definition. The name is what the template says, else the id that it has in the template.</param>
/// <param name="IsExpress">Whether it is an Express machine.</param>
internal sealed record TemplateMachine(NamedDefinition Definition, bool IsExpress);

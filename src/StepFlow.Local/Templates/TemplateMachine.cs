using StepFlow.Local.Sources;

namespace StepFlow.Local.Templates;

/// <summary>A state machine that a template defines.</summary>
/// <param name="Definition">Its name and definition. The name is that in the template, or the logical id.</param>
/// <param name="IsExpress">Whether it is an Express machine.</param>
internal sealed record TemplateMachine(NamedDefinition Definition, bool IsExpress);

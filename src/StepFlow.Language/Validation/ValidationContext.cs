using StepFlow.Language.Catalogue;

namespace StepFlow.Language.Validation;

/// <summary>The inputs of rules besides the state or graph.</summary>
/// <param name="Diagnostics">Where findings go.</param>
/// <param name="Integrations">What Resources may name; null where they are not checked.</param>
internal sealed record ValidationContext(DiagnosticBag Diagnostics, QueryLanguage MachineLanguage, StateMachineType Type, IntegrationCatalogue? Integrations = null);

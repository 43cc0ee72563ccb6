using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Nodes;
using StepFlow.Language.Jsonata.Values;

namespace StepFlow.Language.Jsonata;

/// <summary>The place of a call of $eval: the text is evaluated with the variables that are visible there.</summary>
internal sealed record EvalSite(Scope Scope, Frame Frame, JsonValue? Input);

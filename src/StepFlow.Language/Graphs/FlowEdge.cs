namespace StepFlow.Language.Graphs;

/// <summary>A transition in a drawing.</summary>
internal sealed record FlowEdge(FlowNode From, FlowNode To, string? Label, TransitionKind Kind);

using StepFlow.Language.Definition;

namespace StepFlow.Language.Graphs;

/// <summary>A state in a drawing, with the graphs inside it.</summary>
internal sealed record FlowNode(string Id, State State, IReadOnlyList<FlowGraph> Inner)
{
    /// <summary>The node that an edge to or from this one is tied to: frames cannot be, what they begin with can.</summary>
    public FlowNode Anchor => Inner.Select(graph => graph.Start).OfType<FlowNode>().FirstOrDefault() is { } start ? start.Anchor : this;
}

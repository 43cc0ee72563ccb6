namespace StepFlow.Language.Graphs;

/// <summary>A state in a drawing, with the graphs inside it.</summary>
internal sealed record FlowNode(string Id, State State, IReadOnlyList<FlowGraph> Inner)
{
    /// <summary>The node at which an edge to or from this one ends. An edge cannot end at a frame, so it ends at the frame's first node.</summary>
    public FlowNode Anchor => Inner.Select(graph => graph.Start).OfType<FlowNode>().FirstOrDefault() is { } start ? start.Anchor : this;
}

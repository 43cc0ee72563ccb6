namespace StepFlow.Language.Graphs;

/// <summary>What a drawing shows of one graph of states.</summary>
/// <param name="Label">The label of the frame that contains it; null for the graph of the state machine.</param>
/// <param name="Start">The node to begin at; null where StartAt names none.</param>
/// <param name="Nodes">The states.</param>
/// <param name="Edges">The transitions.</param>
internal sealed record FlowGraph(string? Label, FlowNode? Start, IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowEdge> Edges)
{
    public static FlowGraph Of(StateGraphDefinition graph)
    {
        int next = 0;
        return Of(graph, null, ref next);
    }

    private static FlowGraph Of(StateGraphDefinition graph, string? label, ref int next)
    {
        var nodes = new List<FlowNode>();
        foreach (State state in graph.States)
        {
            string id = $"s{next++}";
            var inner = new List<FlowGraph>();
            if (state is ParallelState parallel)
            {
                for (int i = 0; i < parallel.Branches.Count; i++)
                {
                    inner.Add(Of(parallel.Branches[i], $"branch {i + 1}", ref next));
                }
            }
            else if (state is MapState { Processor: { } processor } map)
            {
                inner.Add(Of(processor, map.IsDistributed ? "each item, distributed" : "each item", ref next));
            }

            nodes.Add(new(id, state, inner));
        }

        return new(label, nodes.Find(node => node.State.Name == graph.StartAt), nodes, EdgesOf(nodes));
    }

    private static List<FlowEdge> EdgesOf(List<FlowNode> nodes)
    {
        var edges = new List<FlowEdge>();
        foreach (FlowNode node in nodes)
        {
            int rule = 0;
            int catcher = 0;
            foreach (Transition transition in Transition.Of(node.State))
            {
                string? label = transition.Kind switch
                {
                    TransitionKind.Choice => EdgeLabel.Of(((ChoiceState)node.State).Choices[rule++]),
                    TransitionKind.Default => "default",
                    TransitionKind.Catch => EdgeLabel.OfCatcher(((RetryableState)node.State).Catch[catcher++]),
                    _ => null,
                };
                if (nodes.Find(target => target.State.Name == transition.Target) is { } to)
                {
                    edges.Add(new(node, to, label, transition.Kind));
                }
            }
        }

        return edges;
    }
}

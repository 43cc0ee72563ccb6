using System.Globalization;
using System.Text;

namespace StepFlow.Language.Graphs;

/// <summary>Writes a drawing as a Mermaid flowchart.</summary>
internal static class MermaidGraph
{
    public static string Render(FlowGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        int starts = 0;
        Write(graph, text, 1, ref starts);
        return text.ToString();
    }

    private static void Write(FlowGraph graph, StringBuilder text, int depth, ref int starts)
    {
        if (graph.Start is { } start)
        {
            string id = $"start{starts++}";
            Line(text, depth, $"{id}(( )) --> {start.Id}");
        }

        foreach (FlowNode node in graph.Nodes)
        {
            WriteNode(node, text, depth, ref starts);
        }

        foreach (FlowEdge edge in graph.Edges)
        {
            string arrow = edge.Kind == TransitionKind.Catch ? "-.->" : "-->";
            Line(text, depth, $"{edge.From.Id} {arrow}{(edge.Label is null ? string.Empty : $"|\"{Escape(edge.Label)}\"|")} {edge.To.Id}");
        }

        if (graph.Nodes.Any(node => node.State.End))
        {
            string id = $"end{starts++}";
            Line(text, depth, $"{id}((( )))");
            foreach (FlowNode node in graph.Nodes.Where(node => node.State.End))
            {
                Line(text, depth, $"{node.Id} --> {id}");
            }
        }
    }

    private static void WriteNode(FlowNode node, StringBuilder text, int depth, ref int starts)
    {
        string name = Escape(node.State.Name);
        if (node.Inner.Count == 0)
        {
            Line(text, depth, node.State switch
            {
                ChoiceState => $"{node.Id}{{\"{name}\"}}",
                WaitState => $"{node.Id}([\"{name}\"])",
                SucceedState => $"{node.Id}(((\"{name}\")))",
                FailState => $"{node.Id}>\"{name}\"]",
                PassState => $"{node.Id}(\"{name}\")",
                _ => $"{node.Id}[\"{name}\"]",
            });
            return;
        }

        Line(text, depth, $"subgraph {node.Id}[\"{name}\"]");
        for (int i = 0; i < node.Inner.Count; i++)
        {
            Line(text, depth + 1, $"subgraph {node.Id}_{i.ToString(CultureInfo.InvariantCulture)}[\"{Escape(node.Inner[i].Label ?? string.Empty)}\"]");
            Write(node.Inner[i], text, depth + 2, ref starts);
            Line(text, depth + 1, "end");
        }

        Line(text, depth, "end");
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');

    /// <summary>Mermaid reads entities by number in quoted labels; a quote ends the label.</summary>
    private static string Escape(string label) =>
        label.Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}

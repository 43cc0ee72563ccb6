using System.Globalization;
using System.Text;

namespace StepFlow.Language.Graphs;

/// <summary>Writes a drawing in Graphviz's DOT. Frames are clusters; edges end at them through <c>lhead</c> and <c>ltail</c>.</summary>
internal static class DotGraph
{
    public static string Render(FlowGraph graph)
    {
        var text = new StringBuilder("digraph machine {\n  compound=true;\n  node [shape=box, style=rounded];\n");
        int marks = 0;
        Write(graph, text, 1, ref marks);
        return text.Append("}\n").ToString();
    }

    private static void Write(FlowGraph graph, StringBuilder text, int depth, ref int marks)
    {
        if (graph.Start is { } start)
        {
            string id = $"mark{marks++}";
            Line(text, depth, $"{id} [shape=circle, style=filled, label=\"\", width=0.2];");
            Line(text, depth, $"{id} -> {start.Anchor.Id}{Attributes(Head(start))};");
        }

        foreach (FlowNode node in graph.Nodes)
        {
            WriteNode(node, text, depth, ref marks);
        }

        foreach (FlowEdge edge in graph.Edges)
        {
            string attributes = Attributes(
                edge.Label is null ? null : $"label={Quote(edge.Label)}",
                edge.Kind == TransitionKind.Catch ? "style=dashed" : null,
                Tail(edge.From),
                Head(edge.To));
            Line(text, depth, $"{edge.From.Anchor.Id} -> {edge.To.Anchor.Id}{attributes};");
        }

        if (graph.Nodes.Any(node => node.State.End))
        {
            string id = $"mark{marks++}";
            Line(text, depth, $"{id} [shape=doublecircle, style=filled, label=\"\", width=0.15];");
            foreach (FlowNode node in graph.Nodes.Where(node => node.State.End))
            {
                Line(text, depth, $"{node.Anchor.Id} -> {id}{Attributes(Tail(node))};");
            }
        }
    }

    private static void WriteNode(FlowNode node, StringBuilder text, int depth, ref int marks)
    {
        if (node.Inner.Count == 0)
        {
            string? shape = node.State switch
            {
                ChoiceState => "shape=diamond, style=solid",
                WaitState => "shape=oval, style=solid",
                SucceedState => "shape=doublecircle, style=solid",
                FailState => "shape=octagon, style=solid",
                _ => null,
            };
            Line(text, depth, $"{node.Id}{Attributes($"label={Quote(node.State.Name)}", shape)};");
            return;
        }

        Line(text, depth, $"subgraph cluster_{node.Id} {{");
        Line(text, depth + 1, $"label={Quote(node.State.Name)};");
        for (int i = 0; i < node.Inner.Count; i++)
        {
            Line(text, depth + 1, $"subgraph cluster_{node.Id}_{i.ToString(CultureInfo.InvariantCulture)} {{");
            Line(text, depth + 2, $"label={Quote(node.Inner[i].Label ?? string.Empty)};");
            Write(node.Inner[i], text, depth + 2, ref marks);
            Line(text, depth + 1, "}");
        }

        Line(text, depth, "}");
    }

    private static string? Head(FlowNode node) => node.Inner.Count == 0 ? null : $"lhead=cluster_{node.Id}";

    private static string? Tail(FlowNode node) => node.Inner.Count == 0 ? null : $"ltail=cluster_{node.Id}";

    private static string Attributes(params string?[] attributes)
    {
        string joined = string.Join(", ", attributes.Where(attribute => attribute is not null));
        return joined.Length == 0 ? string.Empty : $" [{joined}]";
    }

    private static string Quote(string label) =>
        $"\"{label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal)}\"";

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
}

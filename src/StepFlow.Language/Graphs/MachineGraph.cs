using StepFlow.Language.Definition;

namespace StepFlow.Language.Graphs;

/// <summary>Draws machines as text for other tools.</summary>
public static class MachineGraph
{
    /// <summary>The drawing of a machine. A transition that leads nowhere is left out; the definition need not be valid.</summary>
    public static string Render(StateMachineDefinition machine, GraphFormat format) => format == GraphFormat.Mermaid
        ? MermaidGraph.Render(FlowGraph.Of(machine.Graph))
        : DotGraph.Render(FlowGraph.Of(machine.Graph));
}

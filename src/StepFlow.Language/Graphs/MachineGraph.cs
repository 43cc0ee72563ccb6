namespace StepFlow.Language.Graphs;

/// <summary>Draws machines as text for other tools.</summary>
public static class MachineGraph
{
    /// <summary>The drawing of a state machine. A transition to a state that does not exist is left out, because the definition may be invalid.</summary>
    public static string Render(StateMachineDefinition machine, GraphFormat format) => format == GraphFormat.Mermaid
        ? MermaidGraph.Render(FlowGraph.Of(machine.Graph))
        : DotGraph.Render(FlowGraph.Of(machine.Graph));
}

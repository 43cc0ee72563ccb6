namespace StepFlow.Language.Graphs;

/// <summary>The languages in which a machine can be drawn.</summary>
public enum GraphFormat
{
    /// <summary>A Mermaid flowchart.</summary>
    Mermaid,

    /// <summary>Graphviz's DOT.</summary>
    Dot,
}

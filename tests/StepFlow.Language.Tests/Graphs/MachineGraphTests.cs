using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Graphs;
using StepFlow.Language.Json;

namespace StepFlow.Language.Tests.Graphs;

public sealed class MachineGraphTests
{
    private const string Definition = """
        { "StartAt": "Check \"it\"", "States": {
            "Check \"it\"": { "Type": "Choice", "Default": "Each", "Choices": [{ "Variable": "$.n", "NumericEquals": 1, "Next": "No" }] },
            "Each": { "Type": "Map", "End": true, "ItemProcessor": { "StartAt": "One", "States": { "One": { "Type": "Wait", "Seconds": 1, "End": true } } },
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "No" }] },
            "No": { "Type": "Fail" } } }
        """;

    [Fact]
    public void Render_Mermaid_DrawsStatesTransitionsAndFrames() => Assert.Equal(
        """
        flowchart TD
          start0(( )) --> s0
          s0{"Check #quot;it#quot;"}
          subgraph s1["Each"]
            subgraph s1_0["each item"]
              start1(( )) --> s2
              s2(["One"])
              end2((( )))
              s2 --> end2
            end
          end
          s3>"No"]
          s0 -->|"$.n NumericEquals 1"| s3
          s0 -->|"default"| s1
          s1 -.->|"States.ALL"| s3
          end3((( )))
          s1 --> end3

        """,
        Render(GraphFormat.Mermaid));

    [Fact]
    public void Render_Dot_DrawsStatesTransitionsAndClusters() => Assert.Equal(
        """
        digraph machine {
          compound=true;
          node [shape=box, style=rounded];
          mark0 [shape=circle, style=filled, label="", width=0.2];
          mark0 -> s0;
          s0 [label="Check \"it\"", shape=diamond, style=solid];
          subgraph cluster_s1 {
            label="Each";
            subgraph cluster_s1_0 {
              label="each item";
              mark1 [shape=circle, style=filled, label="", width=0.2];
              mark1 -> s2;
              s2 [label="One", shape=oval, style=solid];
              mark2 [shape=doublecircle, style=filled, label="", width=0.15];
              s2 -> mark2;
            }
          }
          s3 [label="No", shape=octagon, style=solid];
          s0 -> s3 [label="$.n NumericEquals 1"];
          s0 -> s2 [label="default", lhead=cluster_s1];
          s2 -> s3 [label="States.ALL", style=dashed, ltail=cluster_s1];
          mark3 [shape=doublecircle, style=filled, label="", width=0.15];
          s2 -> mark3 [ltail=cluster_s1];
        }

        """,
        Render(GraphFormat.Dot));

    private static string Render(GraphFormat format) =>
        MachineGraph.Render(DefinitionParser.ParseMachine(JsonValue.Parse(Definition), new DiagnosticBag())!, format);
}

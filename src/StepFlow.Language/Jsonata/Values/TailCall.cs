using StepFlow.Language.Json;
using StepFlow.Language.Jsonata.Nodes;

namespace StepFlow.Language.Jsonata.Values;

/// <summary>A call that a lambda ends with, handed to the loop of its caller so that recursion does not nest.</summary>
internal sealed class TailCall(TailCallNode node, JsonValue? input, Frame frame) : EngineValue
{
    public JsonValue? Continue(Evaluator evaluator, JsonValue? context) => node.Continue(evaluator, input, frame, context);
}

namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>Binds a variable in the innermost scope, <c>:=</c>, and is the value bound.</summary>
internal sealed class BindNode(int slot, Node value, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? result = value.Evaluate(evaluator, input, frame);
        frame[slot] = result;
        evaluator.Leave();
        return result;
    }
}

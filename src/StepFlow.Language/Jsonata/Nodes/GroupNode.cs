namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A group-by clause after an operand that is not a path.</summary>
/// <param name="operand">The grouped value. Its sequence is not changed.</param>
/// <param name="grouper">The clause.</param>
/// <param name="inTuple">Whether the clause was compiled for a tuple's scope.</param>
internal sealed class GroupNode(Node operand, Grouper grouper, bool inTuple, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame)
    {
        evaluator.Enter();
        JsonValue? value = operand.Evaluate(evaluator, input, frame);
        JsonValue result = value is TupleStream stream
            ? grouper.GroupTuples(evaluator, stream, frame)
            : grouper.Group(evaluator, value, inTuple ? new JsonataFrame(frame, 0) : frame);
        evaluator.Leave();
        return result;
    }
}

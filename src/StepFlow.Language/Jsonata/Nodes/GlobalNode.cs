namespace StepFlow.Language.Jsonata.Nodes;

/// <summary>A variable that the expression does not bind: one of the bindings, or a function.</summary>
/// <param name="index">Its index in the table of the evaluation; -1 in an expression that $eval compiled.</param>
internal sealed class GlobalNode(string name, int index, int position) : Node(position)
{
    public override JsonValue? Evaluate(Evaluator evaluator, JsonValue? input, JsonataFrame frame) =>
        index < 0 ? evaluator.FindGlobal(name) : evaluator.Global(index, name);
}

using System.Text.RegularExpressions;
using StepFlow.Language.Jsonata.Asl;

namespace StepFlow.Language.Flow;

/// <summary>
/// The data flow through a JSONata state. Only expressions that are a path of the input are analysed. In a larger expression
/// a missing field can be intended.
/// </summary>
internal sealed partial class JsonataFlow(State state) : StateFlow
{
    public override ValueShape Output(ValueShape input, FlowScope scope)
    {
        if (state.Arguments is { } arguments)
        {
            Template(arguments, input, null, state.Location + "/Arguments", scope);
        }

        ValueShape result = Result(state, input);
        if (state.Assign is { } assign)
        {
            Template(assign, input, result, state.Location + "/Assign", scope);
        }

        return state.Output is { } output ? Template(output, input, result, state.Location + "/Output", scope) : result;
    }

    public override ValueShape Caught(Catcher catcher, ValueShape input, FlowScope scope) =>
        catcher.Output is { } output ? Template(output, input, null, catcher.Location + "/Output", scope) : ValueShape.ErrorOutput;

    public override ValueShape BranchInput(ValueShape input, FlowScope scope) =>
        state.Arguments is { } arguments ? Template(arguments, input, null, state.Location + "/Arguments", new(null)) : input;

    public override ValueShape ItemInput(MapState map, ValueShape input, FlowScope scope) =>
        map.ItemSelector is { } selector ? Template(selector, input, null, state.Location + "/ItemSelector", scope) : ValueShape.Unknown;

    private static ValueShape Template(JsonValue template, ValueShape input, ValueShape? result, string location, FlowScope scope)
    {
        switch (template)
        {
            case JsonString { Value: var text } when ExpressionText.IsExpression(text):
                return Expression(text, input, result, location, scope);
            case JsonObject members:
                return ValueShape.Object(
                    [.. members.Select(member => KeyValuePair.Create(member.Key, Template(member.Value, input, result, $"{location}/{member.Key}", scope)))],
                    isOpen: false);
            case JsonArray items:
                ValueShape[] elements = [.. items.Select((item, i) => Template(item, input, result, $"{location}[{i}]", scope))];
                return ValueShape.Array(elements.Length == 0 ? ValueShape.Unknown : elements.Aggregate(ValueShape.Join));
            default:
                return ValueShape.Of(template);
        }
    }

    private static ValueShape Expression(string text, ValueShape input, ValueShape? result, string location, FlowScope scope)
    {
        string expression = ExpressionText.Unwrap(text).Trim();
        Match match = StatesPath().Match(expression);
        if (!match.Success)
        {
            return ValueShape.Unknown;
        }

        ValueShape? shape = match.Groups["root"].Value == "input" ? input : result ?? ValueShape.Unknown;
        foreach (Capture step in match.Groups["step"].Captures)
        {
            // A field of an array is the fields of its items.
            shape = shape!.Kind == ShapeKind.Array ? ValueShape.Unknown : shape.Member(step.Value);
            if (shape is null)
            {
                scope.NothingThere(expression, location);
                return ValueShape.Unknown;
            }
        }

        return shape!;
    }

    [GeneratedRegex(@"^\$states\.(?<root>input|result)(?:\.(?<step>[A-Za-z_][A-Za-z0-9_]*))*$", RegexOptions.CultureInvariant)]
    private static partial Regex StatesPath();
}

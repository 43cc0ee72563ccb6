using StepFlow.Language.Definition;
using StepFlow.Language.Json;
using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Flow;

/// <summary>The flow through a JSONPath state: InputPath, Parameters, ResultSelector, ResultPath, OutputPath.</summary>
internal sealed class JsonPathFlow(State state) : StateFlow
{
    private const string PathSuffix = ".$";

    public override Shape Output(Shape input, FlowScope scope)
    {
        Shape arguments = BranchInput(input, scope);
        CheckFields(arguments, input, scope);
        Shape result = Result(state, arguments);
        if (state.ResultSelector is { } selector)
        {
            result = Template(selector, result, state.Location + "/ResultSelector", scope);
        }

        if (state.Assign is { } assign)
        {
            Template(assign, result, state.Location + "/Assign", scope);
        }

        Shape output = Place(state.ResultPath, input, result);
        return Select(state.OutputPath, output, "OutputPath", scope);
    }

    public override Shape Caught(Catcher catcher, Shape input, FlowScope scope)
    {
        if (catcher.Assign is { } assign)
        {
            Template(assign, Shape.ErrorOutput, catcher.Location + "/Assign", scope);
        }

        return Place(catcher.ResultPath, input, Shape.ErrorOutput);
    }

    public override Shape BranchInput(Shape input, FlowScope scope)
    {
        Shape effective = Select(state.InputPath, input, "InputPath", scope);
        return state.Parameters is { } parameters && state is not MapState
            ? Template(parameters, effective, state.Location + "/Parameters", scope)
            : effective;
    }

    public override Shape ItemInput(MapState map, Shape input, FlowScope scope)
    {
        Shape effective = Select(state.InputPath, input, "InputPath", new(null));
        return map.ItemSelector is { } selector ? Template(selector, effective, state.Location + "/ItemSelector", scope)
            : state.Parameters is { } parameters ? Template(parameters, effective, state.Location + "/Parameters", scope)
            : Shape.Unknown;
    }

    private void CheckFields(Shape arguments, Shape input, FlowScope scope)
    {
        Shape effective = Select(state.InputPath, input, "InputPath", new(null));
        switch (state)
        {
            case WaitState wait:
                Read(wait.SecondsPath, effective, "SecondsPath", scope);
                Read(wait.TimestampPath, effective, "TimestampPath", scope);
                break;
            case TaskState task:
                Read(task.TimeoutSecondsPath, effective, "TimeoutSecondsPath", scope);
                Read(task.HeartbeatSecondsPath, effective, "HeartbeatSecondsPath", scope);
                break;
            case FailState fail:
                Read(fail.ErrorPath, effective, "ErrorPath", scope);
                Read(fail.CausePath, effective, "CausePath", scope);
                break;
            case MapState { ItemReader: null } map:
                Read(map.ItemsPath, effective, "ItemsPath", scope);
                Read(map.MaxConcurrencyPath, effective, "MaxConcurrencyPath", scope);
                break;
            case ChoiceState choice:
                ChoiceFlow.Check(choice, arguments, scope);
                break;
        }
    }

    private void Read(string? path, Shape input, string field, FlowScope scope)
    {
        if (path is not null && Follow(path, input) is null)
        {
            scope.NothingThere(path, $"{state.Location}/{field}");
        }
    }

    private Shape Select(JsonValue? path, Shape input, string field, FlowScope scope)
    {
        switch (path)
        {
            case null:
                return input;
            case JsonString { Value: var text }:
                if (Follow(text, input) is { } selected)
                {
                    return selected;
                }

                scope.NothingThere(text, $"{state.Location}/{field}");
                return Shape.Unknown;
            default:
                return Shape.Empty;
        }
    }

    private static Shape Place(JsonValue? path, Shape input, Shape result) => path switch
    {
        null => result,
        JsonString { Value: var text } => ReferencePath.TryParse(text, out ReferencePath? reference, out _) ? ShapePath.Put(reference, input, result) : Shape.Unknown,
        _ => input,
    };

    /// <summary>What a path or an intrinsic function gives; null where a path can select nothing.</summary>
    private static Shape? Follow(string text, Shape input) =>
        PathExpression.TryParse(text, out PathExpression? path, out _) ? ShapePath.Select(path, input) : Shape.Unknown;

    private static Shape Template(JsonValue template, Shape input, string location, FlowScope scope)
    {
        switch (template)
        {
            case JsonObject members:
                var shapes = new List<KeyValuePair<string, Shape>>(members.Count);
                foreach (KeyValuePair<string, JsonValue> member in members)
                {
                    shapes.Add(Member(member.Key, member.Value, input, location, scope));
                }

                return Shape.Object(shapes.DistinctBy(shape => shape.Key), isOpen: false);
            case JsonArray items:
                Shape[] elements = [.. items.Select((item, i) => Template(item, input, $"{location}[{i}]", scope))];
                return Shape.Array(elements.Length == 0 ? Shape.Unknown : elements.Aggregate(Shape.Join));
            default:
                return Shape.Of(template);
        }
    }

    private static KeyValuePair<string, Shape> Member(string name, JsonValue value, Shape input, string location, FlowScope scope)
    {
        if (!name.EndsWith(PathSuffix, StringComparison.Ordinal) || value is not JsonString { Value: var text })
        {
            return new(name, Template(value, input, $"{location}/{name}", scope));
        }

        Shape? selected = Follow(text, input);
        if (selected is null)
        {
            scope.NothingThere(text, $"{location}/{name}");
        }

        return new(name[..^PathSuffix.Length], selected ?? Shape.Unknown);
    }
}

using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Flow;

/// <summary>The flow through a JSONPath state: InputPath, Parameters, ResultSelector, ResultPath, OutputPath.</summary>
internal sealed class JsonPathFlow(State state) : StateFlow
{
    private const string PathSuffix = ".$";

    public override ValueShape Output(ValueShape input, FlowScope scope)
    {
        ValueShape arguments = BranchInput(input, scope);
        CheckFields(arguments, input, scope);
        ValueShape result = Result(state, arguments);
        if (state.ResultSelector is { } selector)
        {
            result = Template(selector, result, state.Location + "/ResultSelector", scope);
        }

        if (state.Assign is { } assign)
        {
            Template(assign, result, state.Location + "/Assign", scope);
        }

        ValueShape output = ApplyResultPath(state.ResultPath, input, result);
        return Select(state.OutputPath, output, "OutputPath", scope);
    }

    public override ValueShape Caught(Catcher catcher, ValueShape input, FlowScope scope)
    {
        if (catcher.Assign is { } assign)
        {
            Template(assign, ValueShape.ErrorOutput, catcher.Location + "/Assign", scope);
        }

        return ApplyResultPath(catcher.ResultPath, input, ValueShape.ErrorOutput);
    }

    public override ValueShape BranchInput(ValueShape input, FlowScope scope)
    {
        ValueShape effective = Select(state.InputPath, input, "InputPath", scope);
        return state.Parameters is { } parameters && state is not MapState
            ? Template(parameters, effective, state.Location + "/Parameters", scope)
            : effective;
    }

    public override ValueShape ItemInput(MapState map, ValueShape input, FlowScope scope)
    {
        ValueShape effective = Select(state.InputPath, input, "InputPath", new(null));
        return map.ItemSelector is { } selector ? Template(selector, effective, state.Location + "/ItemSelector", scope)
            : state.Parameters is { } parameters ? Template(parameters, effective, state.Location + "/Parameters", scope)
            : ValueShape.Unknown;
    }

    private void CheckFields(ValueShape arguments, ValueShape input, FlowScope scope)
    {
        ValueShape effective = Select(state.InputPath, input, "InputPath", new(null));
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

    private void Read(string? path, ValueShape input, string field, FlowScope scope)
    {
        if (path is not null && Follow(path, input) is null)
        {
            scope.NothingThere(path, $"{state.Location}/{field}");
        }
    }

    private ValueShape Select(JsonValue? path, ValueShape input, string field, FlowScope scope)
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
                return ValueShape.Unknown;
            default:
                return ValueShape.Empty;
        }
    }

    private static ValueShape ApplyResultPath(JsonValue? path, ValueShape input, ValueShape result) => path switch
    {
        null => result,
        JsonString { Value: var text } => ReferencePath.TryParse(text, out ReferencePath? reference, out _) ? ShapePath.Put(reference, input, result) : ValueShape.Unknown,
        _ => input,
    };

    /// <summary>The shape that a path or an intrinsic function returns; null if a path selects nothing.</summary>
    private static ValueShape? Follow(string text, ValueShape input) =>
        PathExpression.TryParse(text, out PathExpression? path, out _) ? ShapePath.Select(path, input) : ValueShape.Unknown;

    private static ValueShape Template(JsonValue template, ValueShape input, string location, FlowScope scope)
    {
        switch (template)
        {
            case JsonObject members:
                KeyValuePair<string, ValueShape>[] shapes = [.. members.Select(member => Member(member.Key, member.Value, input, location, scope))];
                return ValueShape.Object(shapes.DistinctBy(shape => shape.Key), isOpen: false);
            case JsonArray items:
                ValueShape[] elements = [.. items.Select((item, i) => Template(item, input, $"{location}[{i}]", scope))];
                return ValueShape.Array(elements.Length == 0 ? ValueShape.Unknown : elements.Aggregate(ValueShape.Join));
            default:
                return ValueShape.Of(template);
        }
    }

    private static KeyValuePair<string, ValueShape> Member(string name, JsonValue value, ValueShape input, string location, FlowScope scope)
    {
        if (!name.EndsWith(PathSuffix, StringComparison.Ordinal) || value is not JsonString { Value: var text })
        {
            return new(name, Template(value, input, $"{location}/{name}", scope));
        }

        ValueShape? selected = Follow(text, input);
        if (selected is null)
        {
            scope.NothingThere(text, $"{location}/{name}");
        }

        return new(name[..^PathSuffix.Length], selected ?? ValueShape.Unknown);
    }
}

namespace StepFlow.Language.Validation;

/// <summary>Finds the strings of a state that can be JSONata, and the variables that are available in them.</summary>
internal static class JsonataFields
{
    /// <summary>Every string in the fields of a state that JSONata evaluates, expression or not. Inside templates every name counts.</summary>
    public static IEnumerable<JsonataField> Of(State state)
    {
        IEnumerable<JsonataField> fields = state switch
        {
            PassState => [],
            TaskState task => Fields(task, "Arguments", "TimeoutSeconds", "HeartbeatSeconds", "Credentials").Concat(WithResult(task)),
            ChoiceState choice => choice.Choices.SelectMany(rule => Fields(rule, "Condition", "Output", "Assign")),
            WaitState => Fields(state, "Seconds", "Timestamp"),
            SucceedState => [],
            FailState => Fields(state, "Error", "Cause"),
            ParallelState parallel => Fields(parallel, "Arguments").Concat(WithResult(parallel)),
            MapState map => OfMap(map).Concat(WithResult(map)),
            _ => [],
        };
        return state is RetryableState
            ? fields.Concat(StateTree.Catchers(state).SelectMany(catcher => Fields(catcher, JsonataScope.Catch, "Output", "Assign")))
            : fields.Concat(Fields(state, "Output", "Assign"));
    }

    private static IEnumerable<JsonataField> WithResult(State state) => Fields(state, JsonataScope.Result, "Output", "Assign");

    private static IEnumerable<JsonataField> OfMap(MapState map)
    {
        IEnumerable<JsonataField> fields = Fields(
            map, "Items", "ItemSelector", "MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage");
        if (map.ItemReader is { } reader)
        {
            fields = fields.Concat(Fields(reader, "Arguments", "ReaderConfig"));
        }

        if (map.ItemBatcher is { } batcher)
        {
            fields = fields.Concat(Fields(batcher, "MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput"));
        }

        return map.ResultWriter is { } writer ? fields.Concat(Fields(writer, "Arguments")) : fields;
    }

    private static IEnumerable<JsonataField> Fields(DefinitionNode node, params string[] names) => Fields(node, JsonataScope.Plain, names);

    private static IEnumerable<JsonataField> Fields(DefinitionNode node, JsonataScope scope, params string[] names) =>
        names.Where(node.Source.ContainsKey).SelectMany(name => Strings(node.Source[name]!, $"{node.Location}/{name}", scope));

    private static IEnumerable<JsonataField> Strings(JsonValue value, string location, JsonataScope scope) => value switch
    {
        JsonString text => [new(text.Value, location, scope)],
        JsonObject members => members.SelectMany(member => Strings(member.Value, $"{location}/{member.Key}", scope)),
        JsonArray items => items.SelectMany((item, i) => Strings(item, $"{location}[{i}]", scope)),
        _ => [],
    };
}

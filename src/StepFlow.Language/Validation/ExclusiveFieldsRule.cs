namespace StepFlow.Language.Validation;

/// <summary>Of a field and its path form, and of other fields with the same meaning, only one is there.</summary>
internal sealed class ExclusiveFieldsRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        switch (state)
        {
            case TaskState:
                Pair(state, "TimeoutSeconds", context);
                Pair(state, "HeartbeatSeconds", context);
                break;
            case WaitState:
                FieldSets.CheckAtMostOne(state.Source, state.Location, context, "Seconds", "SecondsPath", "Timestamp", "TimestampPath");
                break;
            case FailState:
                Pair(state, "Error", context);
                Pair(state, "Cause", context);
                break;
            case MapState map:
                CheckMap(map, context);
                break;
        }
    }

    private static void CheckMap(MapState map, ValidationContext context)
    {
        FieldSets.CheckAtMostOne(map.Source, map.Location, context, "ItemProcessor", "Iterator");
        FieldSets.CheckAtMostOne(map.Source, map.Location, context, "ItemSelector", "Parameters");
        FieldSets.CheckAtMostOne(map.Source, map.Location, context, "Items", "ItemsPath");
        Pair(map, "MaxConcurrency", context);
        Pair(map, "ToleratedFailureCount", context);
        Pair(map, "ToleratedFailurePercentage", context);
        if (map.ItemBatcher is { } batcher)
        {
            Pair(batcher, "MaxItemsPerBatch", context);
            Pair(batcher, "MaxInputBytesPerBatch", context);
        }

        if (map.ItemReader is { ReaderConfig: { } config } reader)
        {
            FieldSets.CheckAtMostOne(config, reader.Location + "/ReaderConfig", context, "MaxItems", "MaxItemsPath");
        }
    }

    private static void Pair(DefinitionNode node, string field, ValidationContext context) =>
        FieldSets.CheckAtMostOne(node.Source, node.Location, context, field, field + "Path");
}

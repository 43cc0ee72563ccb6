namespace StepFlow.Language.Validation;

/// <summary>Literal numbers must be within the range of their field. The results of expressions and paths are checked at run time.</summary>
internal sealed class NumberRangesRule : StateRule
{
    private const long MaxReaderItems = 100_000_000;
    private const long MaxBatchBytes = 262_144;

    public override void Check(State state, ValidationContext context)
    {
        switch (state)
        {
            case TaskState task:
                Integer(state, task.TimeoutSeconds, "TimeoutSeconds", 1, NumberRange.MaxSeconds, context);
                Integer(state, task.HeartbeatSeconds, "HeartbeatSeconds", 1, NumberRange.MaxSeconds, context);
                break;
            case WaitState wait:
                Integer(state, wait.Seconds, "Seconds", 0, NumberRange.MaxSeconds, context);
                break;
            case MapState map:
                CheckMap(map, context);
                break;
        }
    }

    private static void CheckMap(MapState map, ValidationContext context)
    {
        Integer(map, map.MaxConcurrency, "MaxConcurrency", 0, long.MaxValue, context);
        Integer(map, map.ToleratedFailureCount, "ToleratedFailureCount", 0, long.MaxValue, context);
        string percentage = map.Location + "/ToleratedFailurePercentage";
        if (NumberRange.Literal(map.ToleratedFailurePercentage, map.QueryLanguage, percentage, context) is { } value)
        {
            NumberRange.Decimal(value, 0, 100, percentage, context);
        }

        if (map.ItemBatcher is { } batcher)
        {
            Integer(batcher, map.QueryLanguage, batcher.MaxItemsPerBatch, "MaxItemsPerBatch", 0, long.MaxValue, context);
            Integer(batcher, map.QueryLanguage, batcher.MaxInputBytesPerBatch, "MaxInputBytesPerBatch", 0, MaxBatchBytes, context);
        }

        if (map.ItemReader is { ReaderConfig: { } config } reader)
        {
            string location = reader.Location + "/ReaderConfig/MaxItems";
            if (NumberRange.Literal(config["MaxItems"], map.QueryLanguage, location, context) is { } items)
            {
                NumberRange.Integer(items, 0, MaxReaderItems, location, context);
            }
        }
    }

    private static void Integer(State state, JsonValue? value, string field, long minimum, long maximum, ValidationContext context) =>
        Integer(state, state.QueryLanguage, value, field, minimum, maximum, context);

    private static void Integer(DefinitionNode node, QueryLanguage language, JsonValue? value, string field, long minimum, long maximum, ValidationContext context)
    {
        string location = $"{node.Location}/{field}";
        if (NumberRange.Literal(value, language, location, context) is { } number)
        {
            NumberRange.Integer(number, minimum, maximum, location, context);
        }
    }
}

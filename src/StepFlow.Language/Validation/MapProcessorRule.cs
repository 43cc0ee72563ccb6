namespace StepFlow.Language.Validation;

/// <summary>The mode of a Map must be known. A distributed Map needs an execution type, and an inline Map must not have the fields of a distributed one.</summary>
internal sealed class MapProcessorRule : StateRule
{
    private static readonly string[] DistributedFields = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"];

    public override void Check(State state, ValidationContext context)
    {
        if (state is not MapState map)
        {
            return;
        }

        if (map.Processor?.ProcessorConfig is { } config)
        {
            FieldSets.CheckOneOf(config.Mode, config.Location + "/Mode", context, "INLINE", "DISTRIBUTED");
            FieldSets.CheckOneOf(config.ExecutionType, config.Location + "/ExecutionType", context, "STANDARD", "EXPRESS");
            if (config.IsDistributed)
            {
                FieldSets.CheckRequired(config, context, "ExecutionType");
            }
        }

        if (!map.IsDistributed)
        {
            foreach (string field in DistributedFields.Where(map.Source.ContainsKey))
            {
                context.Diagnostics.Schema(DiagnosticMessages.NotSupported(field), map.Location);
            }
        }

        if (map.ItemReader is { ReaderConfig: { } reading } reader)
        {
            string location = reader.Location + "/ReaderConfig";
            FieldSets.CheckOneOf(Text(reading, "InputType"), location + "/InputType", context, "CSV", "JSON", "JSONL", "PARQUET", "MANIFEST");
            FieldSets.CheckOneOf(Text(reading, "CSVHeaderLocation"), location + "/CSVHeaderLocation", context, "FIRST_ROW", "GIVEN");
            FieldSets.CheckOneOf(Text(reading, "Transformation"), location + "/Transformation", context, "NONE", "LOAD_AND_FLATTEN");
            FieldSets.CheckOneOf(Text(reading, "ManifestType"), location + "/ManifestType", context, "ATHENA_DATA", "S3_INVENTORY");
        }

        if (map.ResultWriter is { WriterConfig: { } writing } writer)
        {
            string location = writer.Location + "/WriterConfig";
            FieldSets.CheckOneOf(Text(writing, "Transformation"), location + "/Transformation", context, "NONE", "COMPACT", "FLATTEN");
            FieldSets.CheckOneOf(Text(writing, "OutputType"), location + "/OutputType", context, "JSON", "JSONL");
        }
    }

    private static string? Text(Json.JsonObject config, string field) => (config[field] as Json.JsonString)?.Value;
}

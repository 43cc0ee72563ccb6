namespace StepFlow.Language.Definition;

/// <summary>Reads the parts that only a Map has.</summary>
internal static class MapParser
{
    public static ItemReader ItemReader(FieldReader reader) => new()
    {
        Source = reader.Source,
        Location = reader.Location,
        Resource = reader.Text("Resource"),
        Parameters = reader.Any("Parameters"),
        Arguments = reader.Any("Arguments"),
        ReaderConfig = reader.Object("ReaderConfig"),
    };

    public static ItemBatcher ItemBatcher(FieldReader reader) => new()
    {
        Source = reader.Source,
        Location = reader.Location,
        MaxItemsPerBatch = reader.Any("MaxItemsPerBatch"),
        MaxItemsPerBatchPath = reader.Text("MaxItemsPerBatchPath"),
        MaxInputBytesPerBatch = reader.Any("MaxInputBytesPerBatch"),
        MaxInputBytesPerBatchPath = reader.Text("MaxInputBytesPerBatchPath"),
        BatchInput = reader.Any("BatchInput"),
    };

    public static ResultWriter ResultWriter(FieldReader reader) => new()
    {
        Source = reader.Source,
        Location = reader.Location,
        Resource = reader.Text("Resource"),
        Parameters = reader.Any("Parameters"),
        Arguments = reader.Any("Arguments"),
        WriterConfig = reader.Object("WriterConfig"),
    };
}

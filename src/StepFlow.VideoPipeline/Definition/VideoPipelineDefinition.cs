namespace StepFlow.VideoPipeline.Definition;

/// <summary>The pipeline's state machine.</summary>
public static class VideoPipelineDefinition
{
    /// <summary>The name that hosts give the state machine.</summary>
    public const string Name = "video-pipeline";

    /// <summary>The table that the definition writes to.</summary>
    public const string Table = "videos";

    /// <summary>The table's partition key.</summary>
    public const string TableKey = "id";

    /// <summary>The queue that the definition notifies.</summary>
    public const string Queue = "video-notifications";

    /// <summary>The definition's text, in the Amazon States Language.</summary>
    public static string Read()
    {
        using Stream stream = typeof(VideoPipelineDefinition).Assembly.GetManifestResourceStream("video-pipeline.asl.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

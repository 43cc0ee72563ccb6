namespace StepFlow.Language.Compilation;

/// <summary>A Map state, inline or distributed (Amazon States Language, "Map State").</summary>
public sealed class CompiledMap() : CompiledRetryableState(StateKind.Map)
{
    /// <summary>The item processor (or the legacy Iterator).</summary>
    public required StateGraph Processor { get; init; }

    /// <summary>The item processor as written. The definition of the child executions of a distributed Map.</summary>
    public JsonObject ProcessorSource { get; init; } = JsonObject.Empty;

    /// <summary>Whether the items run as child executions (<c>ProcessorConfig.Mode: DISTRIBUTED</c>).</summary>
    public bool IsDistributed { get; init; }

    /// <summary>Whether those executions are Express (<c>ProcessorConfig.ExecutionType</c>).</summary>
    public bool IsExpress { get; init; }

    /// <summary>
    /// The items: <c>ItemsPath</c> or <c>Items</c>, on the state's effective input. An array, or an object whose
    /// members are the items. Fails where it is neither.
    /// </summary>
    public required Field<JsonValue> Items { get; init; }

    /// <summary>
    /// The input of one iteration: <c>ItemSelector</c> or the legacy Parameters, evaluated with the item in the
    /// context object (<c>$$.Map.Item</c>); null where the item itself is the input.
    /// </summary>
    public Field<JsonValue>? ItemSelector { get; init; }

    /// <summary><c>MaxConcurrency</c>, <c>MaxConcurrencyPath</c>; 0 or null for no limit.</summary>
    public Field<double>? MaxConcurrency { get; init; }

    /// <summary><c>ToleratedFailureCount</c>, with its path form.</summary>
    public Field<double>? ToleratedFailureCount { get; init; }

    /// <summary><c>ToleratedFailurePercentage</c>, 0 to 100, with its path form.</summary>
    public Field<double>? ToleratedFailurePercentage { get; init; }

    /// <summary><c>ItemReader</c>; null if the items come from the input.</summary>
    public CompiledItemReader? ItemReader { get; init; }

    /// <summary><c>ItemBatcher</c>; null where each item runs alone.</summary>
    public CompiledItemBatcher? ItemBatcher { get; init; }

    /// <summary><c>ResultWriter</c>; null where the results are the state's result.</summary>
    public CompiledResultWriter? ResultWriter { get; init; }

    /// <summary><c>Label</c> of a distributed Map; null where the service makes one up.</summary>
    public string? Label { get; init; }
}

/// <summary>Where a distributed Map reads its items from.</summary>
public sealed class CompiledItemReader
{
    /// <summary>The Resource: <c>s3:getObject</c> or <c>s3:listObjectsV2</c>.</summary>
    public required TaskResource Resource { get; init; }

    /// <summary><c>Parameters</c> or <c>Arguments</c>.</summary>
    public required Field<JsonValue> Arguments { get; init; }

    /// <summary><c>ReaderConfig</c> with its paths evaluated (<c>InputType</c>, <c>CSVHeaderLocation</c>, <c>MaxItems</c>, …); null where absent.</summary>
    public Field<JsonValue>? Config { get; init; }
}

/// <summary>How a distributed Map groups its items.</summary>
public sealed class CompiledItemBatcher
{
    /// <summary><c>MaxItemsPerBatch</c>, with its path form.</summary>
    public Field<double>? MaxItemsPerBatch { get; init; }

    /// <summary><c>MaxInputBytesPerBatch</c>, with its path form.</summary>
    public Field<double>? MaxInputBytesPerBatch { get; init; }

    public Field<JsonValue>? BatchInput { get; init; }
}

/// <summary>Where a distributed Map writes its results.</summary>
public sealed class CompiledResultWriter
{
    /// <summary>The Resource; null if there is only <see cref="Config"/>.</summary>
    public TaskResource? Resource { get; init; }

    /// <summary><c>Parameters</c> or <c>Arguments</c>; null where absent.</summary>
    public Field<JsonValue>? Arguments { get; init; }

    /// <summary><c>WriterConfig</c> (<c>Transformation</c>, <c>OutputType</c>); null where absent.</summary>
    public JsonObject? Config { get; init; }
}

using StepFlow.Language.Evaluation;

namespace StepFlow.Local.Records;

/// <summary>How an execution was started, as a column of the table of executions.</summary>
internal static class StartRecord
{
    private const byte Version = 4;
    private const byte VersionWithTurnSteps = 3;
    private const byte VersionWithParentTask = 2;
    private const byte FirstVersion = 1;
    private const byte NoLimits = 0;
    private const byte AwsLimits = 1;
    private const byte OwnLimits = 2;

    public static void Write(RecordWriter record, ValueWriter values, ExecutionRequest request)
    {
        ExecutionStart start = request.Start;
        values.Clear();
        record.Byte(Version).Text(start.ExecutionArn).Text(start.Name).Text(start.StateMachineArn).Text(start.StateMachineName).Text(start.RoleArn)
            .Value(values, start.Input).Time(start.StartTime).Text(start.Region).TextOf(values, start.Input, start.InputText)
            .Boolean(start.IsExpress).Boolean(start.IsSynchronous);
        WriteLimits(record, start.Limits)
            .NullableText(start.StateMachineVersionArn).NullableText(start.StateMachineAliasArn).NullableText(start.TokenSecret)
            .NullableText(start.MapRunArn).NullableValue(values, start.MapContext).Value(values, request.Configuration)
            .NullableText(request.TraceHeader).NullableText(request.ParentTask).NullableSigned(start.TurnSteps).Boolean(start.DefersFirstTurn)
            .Boolean(start.BranchesTakeTurns);
    }

    public static (ExecutionStart Start, JsonObject Configuration, string? TraceHeader, string? ParentTask) Read(ReadOnlySpan<byte> data, ValueReader values)
    {
        var record = new RecordReader(data);
        byte version = record.Byte();
        if (version is < FirstVersion or > Version)
        {
            throw RecordReader.Damaged();
        }

        JsonValue input;
        var start = new ExecutionStart
        {
            ExecutionArn = record.Text(),
            Name = record.Text(),
            StateMachineArn = record.Text(),
            StateMachineName = record.Text(),
            RoleArn = record.Text(),
            Input = input = values.Read(ref record),
            StartTime = record.Time(),
            Region = record.Text(),
            InputText = values.ReadText(ref record, input),
            IsExpress = record.Boolean(),
            IsSynchronous = record.Boolean(),
            Limits = ReadLimits(ref record),
            StateMachineVersionArn = record.NullableText(),
            StateMachineAliasArn = record.NullableText(),
            TokenSecret = record.NullableText(),
            MapRunArn = record.NullableText(),
            MapContext = (JsonObject?)values.ReadNullable(ref record),
        };
        var configuration = (JsonObject)values.Read(ref record);
        string? traceHeader = record.NullableText();
        string? parentTask = version < VersionWithParentTask ? null : record.NullableText();
        start = version < VersionWithTurnSteps
            ? start with { TurnSteps = null }
            : start with { TurnSteps = record.NullableSigned(), DefersFirstTurn = record.Boolean() };
        start = start with { BranchesTakeTurns = version >= Version && record.Boolean() };
        return (start, configuration, traceHeader, parentTask);
    }

    /// <summary>Reads only the record itself. Values that are stored separately are replaced by an empty object.</summary>
    public static ExecutionStart ReadWithoutPayloads(ReadOnlySpan<byte> data) => Read(data, new ValueReader(NoPayloads.Instance)).Start;

    private static RecordWriter WriteLimits(RecordWriter record, Limits limits) =>
        limits == Limits.None ? record.Byte(NoLimits)
        : limits == Limits.Aws ? record.Byte(AwsLimits)
        : record.Byte(OwnLimits).NullableSigned(limits.PayloadBytes).NullableSigned(limits.HistoryEvents)
            .NullableSigned(limits.ExecutionDuration?.Ticks).NullableSigned(limits.ExpressDuration?.Ticks)
            .NullableSigned(limits.DefinitionBytes).NullableSigned(limits.VariableBytes).NullableSigned(limits.AssignBytes)
            .NullableSigned(limits.ExecutionVariableBytes).NullableSigned(limits.InlineMapConcurrency).NullableSigned(limits.DistributedMapConcurrency)
            .NullableSigned(limits.IntrinsicCharacters).NullableSigned(limits.ArrayRangeItems);

    private static Limits ReadLimits(ref RecordReader record) => record.Byte() switch
    {
        NoLimits => Limits.None,
        AwsLimits => Limits.Aws,
        OwnLimits => new Limits
        {
            PayloadBytes = (int?)record.NullableSigned(),
            HistoryEvents = (int?)record.NullableSigned(),
            ExecutionDuration = Span(record.NullableSigned()),
            ExpressDuration = Span(record.NullableSigned()),
            DefinitionBytes = (int?)record.NullableSigned(),
            VariableBytes = (int?)record.NullableSigned(),
            AssignBytes = (int?)record.NullableSigned(),
            ExecutionVariableBytes = (int?)record.NullableSigned(),
            InlineMapConcurrency = (int?)record.NullableSigned(),
            DistributedMapConcurrency = (int?)record.NullableSigned(),
            IntrinsicCharacters = (int?)record.NullableSigned(),
            ArrayRangeItems = (int?)record.NullableSigned(),
        },
        _ => throw RecordReader.Damaged(),
    };

    private static TimeSpan? Span(long? ticks) => ticks is { } value ? TimeSpan.FromTicks(value) : null;

    private sealed class NoPayloads : IPayloadSource
    {
        public static readonly NoPayloads Instance = new();

        public JsonValue Value(ReadOnlySpan<byte> hash) => JsonObject.Empty;

        public string Text(ReadOnlySpan<byte> hash) => string.Empty;
    }
}

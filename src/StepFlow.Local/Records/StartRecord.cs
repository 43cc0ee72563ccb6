using StepFlow.Execution;
using StepFlow.Language.Evaluation;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Records;

/// <summary>How an execution was started, as a column of the table of executions.</summary>
internal static class StartRecord
{
    private const byte Version = 3;
    private const byte VersionWithParentTask = 2;
    private const byte FirstVersion = 1;
    private const byte NoLimits = 0;
    private const byte AwsLimits = 1;
    private const byte OwnLimits = 2;

    public static void Write(RecordWriter record, ValueWriter values, ExecutionRequest request)
    {
        ExecutionStart start = request.Start;
        values.Clear();
        record.Byte(Version);
        record.Text(start.ExecutionArn);
        record.Text(start.Name);
        record.Text(start.StateMachineArn);
        record.Text(start.StateMachineName);
        record.Text(start.RoleArn);
        values.Write(start.Input);
        record.Time(start.StartTime);
        record.Text(start.Region);
        values.WriteText(start.InputText, start.Input);
        record.Boolean(start.IsExpress);
        record.Boolean(start.IsSynchronous);
        WriteLimits(record, start.Limits);
        record.NullableText(start.StateMachineVersionArn);
        record.NullableText(start.StateMachineAliasArn);
        record.NullableText(start.TokenSecret);
        record.NullableText(start.MapRunArn);
        values.WriteNullable(start.MapContext);
        values.Write(request.Configuration);
        record.NullableText(request.TraceHeader);
        record.NullableText(request.ParentTask);
        record.NullableSigned(start.TurnSteps);
        record.Boolean(start.DefersFirstTurn);
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
        start = version < Version
            ? start with { TurnSteps = null }
            : start with { TurnSteps = record.NullableSigned(), DefersFirstTurn = record.Boolean() };
        return (start, configuration, traceHeader, parentTask);
    }

    /// <summary>Reads only the record itself. Values that are stored separately are replaced by an empty object.</summary>
    public static ExecutionStart ReadWithoutPayloads(ReadOnlySpan<byte> data) => Read(data, new ValueReader(NoPayloads.Instance)).Start;

    private static void WriteLimits(RecordWriter record, Limits limits)
    {
        if (limits == Limits.None || limits == Limits.Aws)
        {
            record.Byte(limits == Limits.None ? NoLimits : AwsLimits);
            return;
        }

        record.Byte(OwnLimits);
        record.NullableSigned(limits.PayloadBytes);
        record.NullableSigned(limits.HistoryEvents);
        record.NullableSigned(limits.ExecutionDuration?.Ticks);
        record.NullableSigned(limits.ExpressDuration?.Ticks);
        record.NullableSigned(limits.DefinitionBytes);
        record.NullableSigned(limits.VariableBytes);
        record.NullableSigned(limits.AssignBytes);
        record.NullableSigned(limits.ExecutionVariableBytes);
        record.NullableSigned(limits.InlineMapConcurrency);
        record.NullableSigned(limits.DistributedMapConcurrency);
        record.NullableSigned(limits.IntrinsicCharacters);
        record.NullableSigned(limits.ArrayRangeItems);
    }

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

using System.Reflection;
using StepFlow.Execution;
using StepFlow.Execution.History;
using StepFlow.Execution.Signals;
using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Local.Records;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Records;

public class RecordTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static TheoryData<string> Values() =>
    [
        "null", "true", "false", "0", "-1", "9223372036854775807", "1.5", "1.0", "1e300", "123456789012345678901234567890", "\"\"", "\"short\"",
        "\"a longer text with \\u00e9 and \\ud83d\\ude00\"", "[]", "{}", "[1,[2,[3,null]],{\"a\":{}}]", "{\"b\":1,\"a\":[true,false]}",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_WrittenAndRead_IsTheSame(string text)
    {
        JsonValue value = JsonValue.Parse(text);
        Assert.Equal(value.ToString(), RoundTrip(value).ToString());
    }

    [Fact]
    public void Value_WrittenAgain_IsReferredTo()
    {
        JsonValue value = JsonObject.Create(("text", new string('x', 100)));
        using var record = new RecordWriter();
        var writer = new ValueWriter(new PayloadSet(1000));
        writer.Write(record, value);
        int once = record.Length;
        for (int i = 0; i < 30; i++)
        {
            writer.Write(record, JsonArray.Create(i, "a text of some length"));
            writer.Write(record, value);
        }

        Assert.True(once > 100);
        var reader = new RecordReader(record.Written);
        var values = new ValueReader(new Payloads([]));
        JsonValue first = values.Read(ref reader);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal($"[{i},\"a text of some length\"]", values.Read(ref reader).ToString());
            Assert.Same(first, values.Read(ref reader));
        }
    }

    [Fact]
    public void Value_Large_IsStoredOnceByItsContent()
    {
        var payloads = new PayloadSet(100);
        var large = new JsonString(new string('x', 200));
        JsonValue first = JsonObject.Create(("large", large), ("n", 1));
        JsonValue second = JsonObject.Create(("large", large), ("n", 2));
        using var record = new RecordWriter();
        var writer = new ValueWriter(payloads);
        writer.Write(record, first);
        writer.Write(record, second);
        writer.Write(record, new JsonString(new string('x', 200)));

        Assert.True(record.Length < 200);
        Assert.Single(payloads.References.Select(stored => Convert.ToHexString(stored.Hash)).Distinct());
        var reader = new RecordReader(record.Written);
        var values = new ValueReader(new Payloads(payloads.References));
        Assert.Equal(first, values.Read(ref reader));
        Assert.Equal(second, values.Read(ref reader));
        Assert.Equal(large, values.Read(ref reader));
    }

    [Theory]
    [InlineData("""{"a":"x"}""", 100, 0, 1)]
    [InlineData("""{ "a": "x" }""", 100, 0, 14)]
    [InlineData("""{"a":"12345678901234567890"}""", 10, 0, 1)]
    [InlineData("""{ "a": "12345678901234567890" }""", 10, 1, 34)]
    public void Text_OfAValue_IsStoredOnceAndReadAsItWas(string text, int threshold, int stored, int length)
    {
        JsonValue value = JsonValue.Parse(text);
        var payloads = new PayloadSet(threshold);
        using var record = new RecordWriter();
        var writer = new ValueWriter(payloads);
        for (int time = 0; time < 3; time++)
        {
            writer.WriteText(record, text, value);
        }

        writer.WriteText(record, null, value);
        Assert.Equal(stored, payloads.References.Select(payload => Convert.ToHexString(payload.Hash)).Distinct().Count());
        Assert.Equal((3 * length) + 1, record.Length);
        var reader = new RecordReader(record.Written);
        var values = new ValueReader(new Payloads(payloads.References));
        for (int time = 0; time < 3; time++)
        {
            Assert.Equal(text, values.ReadText(ref reader, value));
        }

        Assert.Null(values.ReadText(ref reader, value));
    }

    [Fact]
    public void Value_CutOff_IsDamage()
    {
        using var record = new RecordWriter();
        record.Value(new ValueWriter(new PayloadSet(1000)), JsonValue.Parse("""{"a":[1,2,3],"b":"text text text"}"""));
        byte[] whole = record.Written.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            Assert.Throws<JournalException>(() =>
            {
                var reader = new RecordReader(part);
                new ValueReader(new Payloads([])).Read(ref reader);
            });
        }
    }

    [Fact]
    public void Signals_EachKind_AreTheSame()
    {
        Signal[] signals =
        [
            new TaskStarted(Time, "t", "w"), new TaskSubmitted(Time, "t", 1), new TaskSucceeded(Time, "t", "x"), new TaskFailed(Time, "t", "E", null, TaskFailureStage.Submit),
            new TaskHeartbeat(Time, "t"), new TimerFired(Time, "t"), new MapRunStarted(Time, "m", "arn"), new MapRunSucceeded(Time, "m", JsonArray.Empty),
            new MapRunFailed(Time, "m", "E", "c"), new Stop(Time, null, "c"), new Redrive(Time),
        ];
        Type[] family = [.. typeof(Signal).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Signal)))];
        Assert.Equal(family.ToHashSet(), signals.Select(signal => signal.GetType()).ToHashSet());
        foreach (Signal? signal in signals.Append(null))
        {
            byte[] turn = WriteTurn(signal, []);
            Assert.Equal((Time, signal, false), TurnRecord.ReadSignal(turn, new ValueReader(new Payloads([]))));
        }

        using var record = new RecordWriter();
        TurnRecord.WriteAccepted(record, new ValueWriter(new PayloadSet(1000)), signals[2]);
        byte[] accepted = record.Written.ToArray();
        Assert.Equal((Time, signals[2], true), TurnRecord.ReadSignal(accepted, new ValueReader(new Payloads([]))));
        Assert.Empty(TurnRecord.ReadEvents(accepted, new Payloads([])));
    }

    [Fact]
    public void Details_EachForm_AreTheSame()
    {
        EventDetails[] details =
        [
            .. typeof(EventDetails).Assembly.GetTypes().Where(type => type.BaseType == typeof(EventDetails)).SelectMany(type => new[] { Fill(type, true), Fill(type, false) }),
        ];
        HistoryEvent[] events = [.. details.Select((item, index) => new HistoryEvent
        {
            Id = index + 5,
            PreviousEventId = index % 3,
            Timestamp = Time.AddMilliseconds(index % 2),
            Type = HistoryEventType.TaskScheduled,
            Details = item,
        })];
        HistoryEvent[] read = [.. TurnRecord.ReadEvents(WriteTurn(null, events), new Payloads([]))];
        Assert.Equal(events.Select(Show), read.Select(Show));
    }

    [Fact]
    public void EventTypes_EachType_HasACode()
    {
        HistoryEventType[] types = Enum.GetValues<HistoryEventType>();
        Assert.Equal(types, types.Select(type => EventTypeCodes.TypeOf(EventTypeCodes.Of(type))));

        // Stored in data files: these never change.
        Assert.Equal((0, 10, 27, 47, 61), (
            EventTypeCodes.Of(HistoryEventType.ActivityFailed), EventTypeCodes.Of(HistoryEventType.ExecutionStarted), EventTypeCodes.Of(HistoryEventType.MapStateExited),
            EventTypeCodes.Of(HistoryEventType.TaskStateExited), EventTypeCodes.Of(HistoryEventType.EvaluationFailed)));
        Assert.Equal([0, 1, 2, 3, 4, 5], Enum.GetValues<ExecutionStatus>().Select(status => (int)status));
    }

    [Fact]
    public void Start_EverythingGiven_IsTheSame()
    {
        var request = new ExecutionRequest(
            new ExecutionStart
            {
                ExecutionArn = "arn",
                Name = "name",
                StateMachineArn = "machine",
                StateMachineName = "m",
                RoleArn = "role",
                Input = JsonValue.Parse("""{"a":1}"""),
                InputText = "{ \"a\": 1 }",
                StartTime = Time,
                Region = "eu-north-1",
                IsExpress = true,
                IsSynchronous = true,
                Limits = Limits.Aws with { PayloadBytes = 7, ExpressDuration = null },
                TurnSteps = 77,
                DefersFirstTurn = true,
                StateMachineVersionArn = "v",
                StateMachineAliasArn = "l",
                TokenSecret = "secret",
                MapRunArn = "run",
                MapContext = JsonObject.Create(("Item", 3)),
            },
            "definition")
        {
            Configuration = JsonObject.Create(("revisionId", "r")),
            TraceHeader = "trace",
            ParentTask = "parent/3",
        };
        foreach (PropertyInfo property in typeof(ExecutionStart).GetProperties().Where(property => property.CanWrite))
        {
            Assert.False(Equals(property.GetValue(request.Start), DefaultOf(property.PropertyType)), $"{property.Name} is not tried.");
        }

        using var record = new RecordWriter();
        StartRecord.Write(record, new ValueWriter(new PayloadSet(1000)), request);
        (ExecutionStart start, JsonObject configuration, string? trace, string? parentTask) = StartRecord.Read(record.Written, new ValueReader(new Payloads([])));
        Assert.Equal(request.Start, start);
        Assert.Equal((request.Configuration, request.TraceHeader, request.ParentTask), (configuration, trace, parentTask));

        Assert.Equal(request.Start.StartTime, StartRecord.ReadWithoutPayloads(record.Written).StartTime);

        // As the versions before wrote it: without the last fields.
        byte[] last = record.Written[..^1].ToArray();
        last[0] = 3;
        Assert.Equal((77, true, false), (ReadStart(last).Start.TurnSteps, ReadStart(last).Start.DefersFirstTurn, ReadStart(last).Start.BranchesTakeTurns));
        byte[] older = last[..^4];
        older[0] = 2;
        Assert.Equal((null, false), (ReadStart(older).Start.TurnSteps, ReadStart(older).Start.DefersFirstTurn));
        Assert.Equal("parent/3", ReadStart(older).ParentTask);
        byte[] oldest = older[..^9];
        oldest[0] = 1;
        Assert.Null(ReadStart(oldest).ParentTask);
    }

    [Fact]
    public void Turn_NewerForm_IsRefused()
    {
        byte[] turn = WriteTurn(new Redrive(Time), []);
        turn[0] = 99;
        JournalException refused = Assert.Throws<JournalException>(() => TurnRecord.ReadSignal(turn, new ValueReader(new Payloads([]))));
        Assert.Equal(JournalProblem.Newer, refused.Problem);
    }

    private static (ExecutionStart Start, JsonObject Configuration, string? TraceHeader, string? ParentTask) ReadStart(byte[] record) =>
        StartRecord.Read(record, new ValueReader(new Payloads([])));

    private static object? DefaultOf(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    private static byte[] WriteTurn(Signal? signal, IReadOnlyList<HistoryEvent> events)
    {
        using var record = new RecordWriter();
        TurnRecord.Write(record, new ValueWriter(new PayloadSet(1000)), Time, signal, events);
        return record.Written.ToArray();
    }

    private static JsonValue RoundTrip(JsonValue value)
    {
        using var record = new RecordWriter();
        record.Value(new ValueWriter(new PayloadSet(1000)), value);
        var reader = new RecordReader(record.Written);
        JsonValue read = new ValueReader(new Payloads([])).Read(ref reader);
        Assert.Equal(record.Length, reader.At);
        return read;
    }

    private static string Show(HistoryEvent entry) => $"{entry.Id} {entry.PreviousEventId} {entry.Timestamp:O} {entry.Type} {entry.Details}";

    private static EventDetails Fill(Type type, bool all)
    {
        ConstructorInfo constructor = type.GetConstructors()[0];
        var details = (EventDetails)constructor.Invoke([.. constructor.GetParameters().Select(parameter => Sample(parameter.ParameterType, parameter.Name!))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => all && property.CanWrite))
        {
            property.SetValue(details, Sample(property.PropertyType, property.Name));
        }

        return details;
    }

    private static object Sample(Type type, string name) =>
        type == typeof(string) ? "some " + name
        : type == typeof(JsonObject) ? JsonObject.Create((name, 1))
        : type == typeof(JsonValue) ? new JsonString("the value of " + name)
        : type == typeof(int) ? (object)7
        : 8L;

    private sealed class Payloads(IReadOnlyList<StoredPayload> stored) : IPayloadSource
    {
        public JsonValue Value(ReadOnlySpan<byte> hash) => JsonValue.Parse(Bytes(hash));

        public string Text(ReadOnlySpan<byte> hash) => System.Text.Encoding.UTF8.GetString(Bytes(hash));

        private byte[] Bytes(ReadOnlySpan<byte> hash)
        {
            byte[] wanted = hash.ToArray();
            return stored.First(payload => payload.Hash.AsSpan().SequenceEqual(wanted)).Read();
        }
    }
}

using System.Text;
using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Execution.Snapshots;
using StepFlow.Language.Compilation;
using StepFlow.Language.Json;

namespace StepFlow.Execution.Tests;

/// <summary>Values whose content is stored elsewhere: passed on unseen, named in snapshots, and missed by what looks into them.</summary>
public sealed class StoredValueTests
{
    private const string Machine = """
        {"StartAt":"A","States":{
          "A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:f","ResultPath":"$.a","Next":"B"},
          "B":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:f","Next":"C"},
          "C":{"Type":"Choice","Choices":[{"Variable":"$.text","IsString":true,"Next":"D"}],"Default":"D"},
          "D":{"Type":"Succeed"} } }
        """;

    private static readonly string[] Others = ["P", "W", "B", "K", "R", "S", "M", "C", "T2"];

    private static readonly JsonObject Large = JsonObject.Create(("text", new string('x', 10_000)), ("list", JsonArray.Create(1, JsonArray.Create(2))));

    [Fact]
    public void Value_Stored_IsKnownWithoutItsContent()
    {
        var content = new Content(Large);
        JsonValue value = JsonValue.Defer(content);
        Assert.Equal((Large.Kind, Large.Utf8Length, Large.Depth), (value.Kind, value.Utf8Length, value.Depth));
        Assert.Throws<ContentMissingException>(() => value.ToUtf8());
        Assert.Throws<ContentMissingException>(() => ((JsonObject)value)["text"]);
        content.IsLoaded = true;
        Assert.Equal(Large, value);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("[1,[2,3]]")]
    public void Value_OfAnyKind_IsReadWhenLoaded(string part)
    {
        JsonValue large = part == "text" ? new JsonString(new string('x', 5000)) : JsonArray.From(Enumerable.Repeat(JsonValue.Parse(part), 1000));
        Assert.Equal(large, JsonValue.Defer(new Content(large) { IsLoaded = true }));
    }

    [Fact]
    public void Defer_OfASmallValue_IsRefused() => Assert.Throws<ArgumentException>(() => new Content(JsonObject.Empty));

    [Fact]
    public void LightValue_PutTogetherAgain_IsTheSame()
    {
        JsonValue inner = JsonValue.Defer(new Content(Large));
        var whole = JsonObject.Create(("before", 1), ("items", JsonArray.Create("x", inner)), ("after", Large));
        LightValue<ValueReference> light = LightValue.Of(whole, part => part.Deferred?.Reference);
        (IReadOnlyList<int> path, ValueReference part) = Assert.Single(light.Parts);
        Assert.Equal([1, 1], path);
        Assert.Equal("here", part.Text);
        Assert.Equal(whole.With("items", JsonArray.Create("x", Large)), LightValue.Put(light.Value, path, Large));
    }

    [Fact]
    public void Advance_LooksIntoAStoredValue_MissesItUntilItIsLoaded()
    {
        StateMachine machine = TestRun.Load(Machine);
        var content = new Content(Large);
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(machine, TestRun.StartOf("{}"));
        Assert.True(Assert.IsType<RunTask>(turn.Commands.Single()).ResultIsPassedOn);
        turn = execution.Advance(new TaskSucceeded(TestRun.Begin, turn.Commands[0].Id, JsonValue.Defer(content)));
        var second = Assert.IsType<RunTask>(turn.Commands.Single());
        Assert.False(second.ResultIsPassedOn);

        // Passed on, inside another value, and through a snapshot.
        byte[] snapshot = execution.Capture();
        Assert.Contains("\"version\":2", Encoding.UTF8.GetString(snapshot));
        Assert.InRange(snapshot.Length, 1, 4000);
        WorkflowExecution Restore() => WorkflowExecution.Restore(machine, snapshot, reference => JsonValue.Defer(new Content(Large) { IsLoaded = content.IsLoaded }));
        var signal = new TaskSucceeded(TestRun.Begin, second.Id, JsonValue.Defer(content));
        Assert.Throws<ContentMissingException>(() => Restore().Advance(signal));
        content.IsLoaded = true;
        WorkflowExecution restored = Restore();
        Assert.Equal(snapshot, restored.Capture());
        Turn last = restored.Advance(signal);
        Assert.Empty(last.Defects);
        Assert.Equal((ExecutionStatus.Succeeded, Large), (restored.Status, restored.Output));
    }

    [Fact]
    public void SnapshotPayloads_MadeWhole_AreReadByOlderPrograms()
    {
        StateMachine machine = TestRun.Load(Machine);
        (WorkflowExecution execution, Turn turn) = WorkflowExecution.Start(machine, TestRun.StartOf("{}") with { InputText = "{ }" });
        execution.Advance(new TaskSucceeded(TestRun.Begin, turn.Commands[0].Id, JsonValue.Defer(new Content(Large))));
        var payloads = SnapshotPayloads.Read(execution.Capture());
        Assert.Equal("{ }", payloads.InputText);
        byte[] whole = payloads.Write(payloads.Values.Select(value => LightValue.Of(value, part => part.Deferred) switch
        {
            { Parts: [] } => value,
            var light => LightValue.Put(light.Value, light.Parts[0].Path, Large),
        }));
        Assert.Contains("\"version\":1", Encoding.UTF8.GetString(whole));
        var restored = WorkflowExecution.Restore(machine, whole);
        Assert.Equal(JsonObject.Create(("a", Large)), restored.Outstanding.OfType<RunTask>().Single().Arguments);
        Assert.Null(WorkflowExecution.StartOf(SnapshotPayloads.Read(whole).WithInputText(null).Write(SnapshotPayloads.Read(whole).Values)).InputText);
    }

    [Fact]
    public void Restore_GoldenFileWithStoredValues_Continues()
    {
        StateMachine machine = TestRun.Load(Machine);
        byte[] golden = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "stored.v2.json"));
        var restored = WorkflowExecution.Restore(machine, golden, _ => JsonValue.Defer(new Content(Large) { IsLoaded = true }));
        RunTask task = restored.Outstanding.OfType<RunTask>().Single();
        Assert.Equal(JsonObject.Create(("a", Large)), task.Arguments);
        Assert.Equal(JsonValue.Parse(golden), JsonValue.Parse(restored.Capture()));
    }

    [Theory]
    [InlineData(true, """ "Next":"T2" """)]
    [InlineData(true, """ "End":true """)]
    [InlineData(true, """ "ResultPath":"$.r","Next":"T2" """)]
    [InlineData(true, """ "Next":"P" """)]
    [InlineData(true, """ "Next":"W" """)]
    [InlineData(true, """ "Next":"B" """)]
    [InlineData(true, """ "Next":"K" """)]
    [InlineData(true, """ "Next":"R" """)]
    [InlineData(false, """ "Next":"M" """)]
    [InlineData(false, """ "Next":"C" """)]
    [InlineData(false, """ "Next":"S" """)]
    [InlineData(false, """ "ResultSelector":{"x.$":"$.x"},"Next":"T2" """)]
    [InlineData(false, """ "OutputPath":"$.x","Next":"T2" """)]
    public void ResultIsPassedOn_ByWhatComesNext(bool isPassedOn, string task)
    {
        const string Function = "\"Resource\":\"arn:aws:lambda:us-east-1:111111111111:function:f\"";
        StateMachine machine = TestRun.Load($$"""
            {"StartAt":"Z","States":{
              "Z":{"Type":"Choice","Default":"T","Choices":[{{string.Join(',', Others.Select(Never))}}]},
              "T":{"Type":"Task",{{Function}},{{task}}},
              "P":{"Type":"Pass","Next":"T2"},
              "W":{"Type":"Wait","Seconds":1,"Next":"P"},
              "B":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"B1","States":{"B1":{"Type":"Pass","End":true} } }]},
              "K":{"Type":"Task",{{Function}},"ResultPath":null,"Next":"P"},
              "R":{"Type":"Task",{{Function}},"Parameters":{"All.$":"$","At.$":"$$.Execution.Id"},"Next":"M"},
              "S":{"Type":"Task",{{Function}},"Parameters":{"One.$":"$.x"},"Next":"T2"},
              "M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true} } } },
              "C":{"Type":"Choice","Choices":[{"Variable":"$.x","IsPresent":true,"Next":"T2"}],"Default":"T2"},
              "T2":{"Type":"Task",{{Function}},"End":true} } }
            """);
        Turn turn = WorkflowExecution.Start(machine, TestRun.StartOf("{}")).Turn;
        Assert.Equal(isPassedOn, Assert.IsType<RunTask>(turn.Commands.Single()).ResultIsPassedOn);
    }

    private static string Never(string next) => $$"""{"Variable":"$.never","IsPresent":true,"Next":"{{next}}"}""";

    private sealed class Content(JsonValue value) : DeferredContent(new("here", value.Kind, value.Utf8Length, value.Depth))
    {
        public bool IsLoaded { get; set; }

        public override JsonValue Load() => IsLoaded ? value : throw new ContentMissingException(Reference);
    }
}

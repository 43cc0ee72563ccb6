using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Tests.Durable;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.VideoPipeline.Definition;

namespace StepFlow.Functions.Tests.Counts;

/// <summary>What executions cost in activities, timers and messages: only work that leaves the interpreter is paid for.</summary>
public sealed class ExecutionCountTests(AzuriteFixture azurite)
{
    private const int Passes = 1_000;
    private const int Items = 100;

    /// <summary>The most bytes of an execution's input and of a task's input and result.</summary>
    private const int LargestPayload = 256 * 1024;

    private static readonly string Loop = $$"""
        "N":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,1)"},"Next":"C"},
        "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":{{Passes}},"Next":"N"}],"Default":"E"},
        "E":{"Type":"Succeed"}
        """;

    [Fact]
    public async Task VideoPipeline_Succeeding_CostsOneActivityPerTask()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("invoke", PipelineFunction).Returns("putItem", JsonObject.Empty).Returns("sendMessage", JsonObject.Empty);
        (ExecutionCounts counts, _) = await RunAsync(
            fixture, VideoPipelineDefinition.Read(), JsonValue.Parse("""{"container":"videos","blob":"v.mp4","etag":"1"}"""));

        // Validate, Thumbnails, Transcode twice, ExtractMetadata, UpdateDatabase, Notify; all but the last two have a timeout.
        Assert.Equal((7, 7), (counts.Calls(ActivityNames.RunTask), counts.Activities));
        Assert.Equal((5, 20), (counts.Timers, counts.Messages));
    }

    [Fact]
    public async Task Pass_ChainOfAThousand_CostsNothingButItsStart()
    {
        IEnumerable<string> states = Enumerable.Range(0, Passes)
            .Select(n => $$"""  "S{{n}}":{"Type":"Pass",{{(n == Passes - 1 ? "\"End\":true" : $"\"Next\":\"S{n + 1}\"")}}}""");
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        (ExecutionCounts counts, IReadOnlyList<HistoryEvent> history) = await RunAsync(
            fixture, $$"""{"StartAt":"S0","States":{ {{string.Join(',', states)}} } }""", JsonObject.Empty);

        // The start itself runs as far as it can, and stores that history before there is an orchestration.
        Assert.Equal((2 * Passes) + 2, history.Count);
        AssertCostsOnlyItsStart(counts);
    }

    [Fact]
    public async Task Pass_LoopOfAThousandRounds_CostsNothingButItsStart()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        (ExecutionCounts counts, IReadOnlyList<HistoryEvent> history) = await RunAsync(
            fixture, $$"""{"StartAt":"N","States":{ {{Loop}} } }""", JsonObject.Create(("n", 0)));

        Assert.Equal((4 * Passes) + 4, history.Count);
        AssertCostsOnlyItsStart(counts);
    }

    [Fact]
    public async Task Pass_LoopAfterATask_CostsNothingButItsHistory()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("work", call => new TaskCompleted(call.Arguments));
        (ExecutionCounts counts, IReadOnlyList<HistoryEvent> history) = await RunAsync(
            fixture,
            $$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Next":"N"}, {{Loop}} } }""",
            JsonObject.Create(("n", 0)));

        // The last chunk of the history is in the output; each before it takes an activity, unless it fits into another's message.
        int chunks = HistoryBuffer.Chunks(history).Count;
        TestContext.Current.TestOutputHelper!.WriteLine($"{history.Count} events, {chunks} chunks");
        Assert.InRange(counts.Calls(ActivityNames.AppendHistory), 1, chunks - 1);
        Assert.Equal(1, counts.Calls(ActivityNames.RunTask));
        Assert.Equal((1 + counts.Calls(ActivityNames.AppendHistory), 0), (counts.Activities, counts.Timers));
    }

    [Fact]
    public async Task Map_OfAHundredTasks_CostsOneActivityPerTask()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("work", call => new TaskCompleted(call.Arguments));
        (ExecutionCounts counts, _) = await RunAsync(
            fixture,
            $$"""
            {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{
              "StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } } } } }
            """,
            JsonArray.From(Enumerable.Range(0, Items).Select(n => (JsonValue)n)));

        Assert.Equal((Items, Items), (counts.Calls(ActivityNames.RunTask), counts.Activities));
        Assert.Equal((0, 1 + (2 * Items)), (counts.Timers, counts.Messages));
    }

    [Fact]
    public async Task Variables_Large_TravelToTheHistoryByReference()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.Returns("work", Incompressible(1));
        (ExecutionCounts counts, IReadOnlyList<HistoryEvent> history) = await RunAsync(
            fixture,
            $$"""
            {"QueryLanguage":"JSONata","StartAt":"A","States":{
              "A":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Assign":{"kept":"{% $states.result %}","small":1},"Output":"done","End":true} } }
            """,
            JsonObject.Empty);

        Assert.Equal(0, counts.Calls(ActivityNames.AppendHistory));
        StateExitedDetails exited = history.Select(e => e.Details).OfType<StateExitedDetails>().Single();
        Assert.Equal(JsonObject.Create(("kept", Incompressible(1)), ("small", 1)), exited.AssignedVariables);
    }

    [Fact]
    public async Task Tasks_WithTheLargestPayloads_KeepMessagesBelowTheLimit()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.Returns("first", Incompressible(1)).Returns("second", Incompressible(2));
        (ExecutionCounts counts, IReadOnlyList<HistoryEvent> history) = await RunAsync(
            fixture,
            $$"""
            {"StartAt":"A","States":{
              "A":{"Type":"Task","Resource":"{{Requests.Function("first")}}","Next":"B"},
              "B":{"Type":"Task","Resource":"{{Requests.Function("second")}}","End":true} } }
            """,
            Incompressible(0));

        Assert.Equal([LargestPayload, LargestPayload], fixture.Tasks.Calls.Select(call => call.Arguments.ToUtf8().Length));
        Assert.Equal(2, counts.Calls(ActivityNames.RunTask));

        // No state reads the content of the input or of a result: only where they are stored goes through the orchestration.
        Assert.Equal(2, counts.Activities);
        Assert.InRange(counts.Bytes, 1, 20 * 1024);

        // History refers to what is stored already: it takes no activity of its own, and is complete where it is stored.
        Assert.Equal(0, counts.Calls(ActivityNames.AppendHistory));
        Assert.Equal(
            [Incompressible(0), Incompressible(0), Incompressible(0), Incompressible(1), Incompressible(1), Incompressible(1), Incompressible(1), Incompressible(2), Incompressible(2), Incompressible(2)],
            history.SelectMany(EventPayloads.Of).Select(payload => payload.Value));
    }

    /// <summary>Runs to a success and checks what holds for every execution.</summary>
    private static async Task<(ExecutionCounts Counts, IReadOnlyList<HistoryEvent> History)> RunAsync(
        ServiceFixture fixture, string definition, JsonValue input)
    {
        await fixture.CreateMachineAsync("M", definition);
        string execution = await fixture.StartAsync("M", input);

        // The clock stands still: no task may run into its timeout while it works.
        DurableDouble durable = fixture.Host.Durable;
        await durable.WaitAsync(durable.All().Single().Id).WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("SUCCEEDED", await fixture.StatusAsync(execution));
        ExecutionCounts counts = ExecutionCounts.Of(durable);
        TestContext.Current.TestOutputHelper!.WriteLine(counts.ToString());
        Assert.Empty(durable.Failures);
        Assert.InRange(counts.LargestMessage, 1, ExecutionCounts.MessageLimit - 1);
        return (counts, await fixture.HistoryAsync(execution));
    }

    private static void AssertCostsOnlyItsStart(ExecutionCounts counts)
    {
        Assert.Equal((0, 0, 1), (counts.Activities, counts.Timers, counts.Messages));
    }

    /// <summary>A string of the largest size, whose like gzip cannot make small.</summary>
    private static JsonString Incompressible(int seed)
    {
        var bytes = new byte[LargestPayload];
        new Random(seed).NextBytes(bytes);
        return new(Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_')[..(LargestPayload - 2)]);
    }

    private static TaskCompleted PipelineFunction(TaskCall call)
    {
        var arguments = (JsonObject)call.Arguments;
        string name = ((JsonString)arguments["FunctionName"]!).Value;
        JsonValue response = name switch
        {
            "video-validate" => JsonValue.Parse("""{"id":"v-1","video":{"durationSeconds":1.5},"renditions":[{"name":"480p","width":854,"height":480},{"name":"240p","width":426,"height":240}]}"""),
            "video-transcode" => ((JsonObject)arguments["Payload"]!)["rendition"]!,
            "video-thumbnails" => JsonValue.Parse("""{"poster":{},"sprite":{}}"""),
            "video-metadata" => JsonValue.Parse("""{"durationSeconds":1.5,"width":854,"height":480,"sha256":"00"}"""),
            _ => throw new ArgumentException($"The pipeline has no function {name}.", nameof(call)),
        };
        return new(JsonObject.Create(("Payload", response)));
    }
}

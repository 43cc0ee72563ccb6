using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Tests.Durable;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Counts;

/// <summary>What payloads cost in activities and bytes: a large one is stored once, and read only for a state that looks into it.</summary>
public sealed class PayloadCountTests(AzuriteFixture azurite)
{
    private const int Tasks = 5;

    /// <summary>What an execution of five tasks puts through the back end besides its payloads.</summary>
    private const int FrameBytes = 30 * 1024;

    /// <summary>How large a payload is that travels in messages.</summary>
    private const int LargestInMessage = 8 * 1024;

    private static readonly string[] Names = [.. Enumerable.Range(1, Tasks).Select(number => $"T{number}")];

    public static TheoryData<int> Sizes => [6 * 1024, 20 * 1024, 64 * 1024, 250 * 1024];

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Tasks_ThatPassTheirResultOn_CostOneActivityEachAndFewBytes(int size)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        ExecutionCounts counts = await RunAsync(fixture, Chain(string.Empty), size);
        Assert.Equal((Tasks, Tasks), (counts.Calls(ActivityNames.RunTask), counts.Activities));
        Assert.InRange(counts.Bytes, 1, size <= LargestInMessage ? FrameBytes + (3 * Tasks * size) : FrameBytes);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Tasks_ThatGetTheInputInARequest_CostOneActivityEachAndFewBytes(int size)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        string request = """ "Parameters":{"FunctionName":"f","Payload.$":"$"},"ResultPath":null, """;
        ExecutionCounts counts = await RunAsync(fixture, Chain(request), size, call => ((JsonObject)call.Arguments)["Payload"]!);
        Assert.Equal(Tasks, counts.Activities);
        Assert.InRange(counts.Bytes, 1, size <= LargestInMessage ? FrameBytes + (3 * Tasks * size) : FrameBytes);
    }

    [Theory]
    [InlineData("""{"Type":"Pass","Next":"T2"}""")]
    [InlineData("""{"Type":"Wait","Seconds":1,"Next":"T2"}""")]
    [InlineData("""{"QueryLanguage":"JSONata","Type":"Pass","Output":"{% $states.input %}","Next":"T2"}""")]
    [InlineData("""{"Type":"Parallel","Next":"T2","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","End":true} } },{"StartAt":"B","States":{"B":{"Type":"Pass","End":true} } }]}""")]
    public async Task State_ThatPassesItsInputOn_LoadsNothing(string state)
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        ExecutionCounts counts = await RunAsync(
            fixture,
            $$"""
            {"StartAt":"T1","States":{
              "T1":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Next":"S"},
              "S":{{state}},
              "T2":{"Type":"Task","Resource":"{{Requests.Function("work")}}","End":true} } }
            """,
            250 * 1024);
        Assert.Equal((0, 0), (counts.Calls(ActivityNames.ReadPayload), counts.Calls(ActivityNames.WritePayload)));
        Assert.InRange(counts.Bytes, 1, FrameBytes);
    }

    [Fact]
    public async Task State_ThatLooksIntoAResult_GetsItWithTheTasksResult()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        ExecutionCounts counts = await RunAsync(
            fixture,
            $$"""
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.small","NumericEquals":7,"Next":"E"}],"Default":"F"},
              "F":{"Type":"Fail"},
              "E":{"Type":"Pass","OutputPath":"$.small","End":true} } }
            """,
            250 * 1024);
        Assert.Equal(0, counts.Calls(ActivityNames.ReadPayload));
    }

    [Fact]
    public async Task State_ThatLooksIntoAnInputLater_LoadsItOnce()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("small", _ => new TaskCompleted(JsonObject.Empty));
        ExecutionCounts counts = await RunAsync(
            fixture,
            $$"""
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"{{Requests.Function("small")}}","ResultPath":null,"Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.small","NumericEquals":7,"Next":"D"}],"Default":"F"},
              "D":{"Type":"Choice","Choices":[{"Variable":"$.text","IsString":true,"Next":"U"}],"Default":"F"},
              "F":{"Type":"Fail"},
              "U":{"Type":"Task","Resource":"{{Requests.Function("small")}}","End":true} } }
            """,
            250 * 1024);
        Assert.Equal((1, 0), (counts.Calls(ActivityNames.ReadPayload), counts.Calls(ActivityNames.WritePayload)));
    }

    [Fact]
    public async Task Generations_OfLargePayloads_EndByBytesAndPayloadCalls()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        IEnumerable<string> states = Enumerable.Range(0, 12).Select(number => $$"""
            "T{{number}}":{"Type":"Task","Resource":"{{Requests.Function("work")}}","Next":"P{{number}}"},
            "P{{number}}":{"Type":"Pass","Parameters":{"small.$":"$.small","text.$":"$.text"},"Next":"{{(number == 11 ? "E" : $"T{number + 1}")}}"}
            """);
        ExecutionCounts counts = await RunAsync(fixture, $$"""{"StartAt":"T0","States":{ {{string.Join(',', states)}},"E":{"Type":"Succeed"} } }""", 100 * 1024);

        // Each result is read, and what is made of it stored again: a dozen weighs as much as some two hundred small ones.
        Assert.InRange(counts.Generations, 2, 12);
    }

    /// <summary>Runs to a success, and checks that every task got the whole payload, and that the history is whole.</summary>
    private static async Task<ExecutionCounts> RunAsync(ServiceFixture fixture, string definition, int size, Func<TaskCall, JsonValue>? payload = null)
    {
        JsonObject input = Payload(size);
        int seen = 0;
        fixture.Tasks.On("work", call =>
        {
            JsonValue given = payload?.Invoke(call) ?? call.Arguments;
            Assert.Equal(input, given is JsonArray branches ? branches[1] : given);
            Interlocked.Increment(ref seen);
            return new TaskCompleted(input);
        });
        await fixture.CreateMachineAsync("M", definition);
        string execution = await fixture.StartAsync("M", input);
        DurableDouble durable = fixture.Host.Durable;
        await fixture.EndAsync(execution);
        Assert.Equal("SUCCEEDED", await fixture.StatusAsync(execution));
        Assert.Empty(durable.Failures);
        IReadOnlyList<HistoryEvent> history = await fixture.HistoryAsync(execution);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(id => (long)id), history.Select(e => e.Id));
        Assert.Equal(input, ((ExecutionStartedDetails)history[0].Details!).Input);
        Assert.Equal(seen, history.Select(e => e.Details).OfType<OutputDetails>().Count(details => input.Equals(details.Output)) - (input.Equals((history[^1].Details as OutputDetails)?.Output) ? 1 : 0));
        Assert.DoesNotContain(history.SelectMany(EventPayloads.Of), entered => entered.Value.IsNull);
        var counts = ExecutionCounts.Of(durable);
        TestContext.Current.TestOutputHelper!.WriteLine(counts.ToString());
        return counts;
    }

    private static string Chain(string fields) => $$"""
        {"StartAt":"T1","States":{ {{string.Join(',', Names.Select((name, i) => $$"""
            "{{name}}":{"Type":"Task",{{fields}}"Resource":"{{Requests.Function("work")}}",{{(i == Tasks - 1 ? "\"End\":true" : $"\"Next\":\"{Names[i + 1]}\"")}} }
            """))}} } }
        """;

    private static JsonObject Payload(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        string text = Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');
        return JsonObject.Create(("small", 7), ("text", text[..(size - 40)]));
    }
}

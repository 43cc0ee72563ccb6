using StepFlow.Execution.History;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Orchestration;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Long executions continue in new orchestrations; nothing is lost or repeated on the way.</summary>
public sealed class GenerationTests(AzuriteFixture azurite)
{
    private const int Rounds = 230;

    private static readonly string Machine = $$"""
        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
          {"StartAt":"W","States":{"W":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","HeartbeatSeconds":3600,
            "Parameters":{"QueueUrl":"q","MessageBody.$":"$$.Task.Token"},"End":true} } },
          {"StartAt":"T","States":{
            "T":{"Type":"Task","Resource":"{{Requests.Function("count")}}","Next":"N"},
            "N":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,1)"},"Next":"C"},
            "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":{{Rounds}},"Next":"T"}],"Default":"E"},
            "E":{"Type":"Succeed"} } }]} } }
        """;

    [Fact]
    public async Task TokenTask_AcceptedInAnEarlierGeneration_IsNotSentAgainAndIsCompleted()
    {
        await using ServiceFixture fixture = await OpenAsync();
        string execution = await fixture.StartAsync("M", JsonObject.Create(("n", 0)));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("count") == Rounds);
        await fixture.CallAsync("SendTaskSuccess", ("taskToken", Token(fixture)), ("output", "\"yes\""));
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.Equal("""["yes",{"n":230}]""", ((JsonString)ended["output"]!).Value);
        Assert.Equal((1, Rounds), (fixture.Tasks.CallsTo("sendMessage"), fixture.Tasks.CallsTo("count")));
        Assert.True(fixture.Host.Durable.All().Single().Generation >= 2);
    }

    [Fact]
    public async Task Heartbeats_DuringContinueAsNew_AreNotLost()
    {
        await using ServiceFixture fixture = await OpenAsync();
        string execution = await fixture.StartAsync("M", JsonObject.Create(("n", 0)));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("sendMessage") == 1);
        int beats = 0;
        await fixture.UntilAsync(async () =>
        {
            await fixture.CallAsync("SendTaskHeartbeat", ("taskToken", Token(fixture)));
            beats++;
            return fixture.Tasks.CallsTo("count") == Rounds;
        });
        await fixture.CallAsync("SendTaskFailure", ("taskToken", Token(fixture)), ("error", "Custom"), ("cause", new string('c', 30_000)));
        JsonObject ended = await fixture.EndAsync(execution);

        Assert.True(beats > 1);
        Assert.Equal("Custom", ((JsonString)ended["error"]!).Value);
        Assert.Equal(30_000, ((JsonString)ended["cause"]!).Value.Length);
        Assert.Equal(Rounds, fixture.Tasks.CallsTo("count"));
        IReadOnlyList<HistoryEvent> events = await fixture.HistoryAsync(execution);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(one => one.Id));
    }

    /// <summary>
    /// While an execution stores its snapshot to continue as new, a heartbeat arrives: it stays in its generation, and keeps
    /// the newest events, which it was about to hand on.
    /// </summary>
    [Fact]
    public async Task Signal_WhileTheSnapshotIsStored_LosesNoEvents()
    {
        await using ServiceFixture fixture = await OpenAsync();
        int late = 0;
        fixture.Host.Durable.BeforeActivity = async name =>
        {
            // Three times, once the generation is over: each makes it try once more.
            if (name == ActivityNames.WritePayload && fixture.Tasks.CallsTo("count") > OrchestratedExecution.CompletionsPerGeneration / 2 && Interlocked.Increment(ref late) <= 3)
            {
                await fixture.CallAsync("SendTaskHeartbeat", ("taskToken", Token(fixture)));
            }
        };

        // A variable that compresses badly, and is a part of what is stored elsewhere: a snapshot is too large for a message.
        const string Choices = "\"Choices\":[";
        const string Keep = """{"Variable":"$.n","NumericEquals":1,"Assign":{"kept.$":"$$.Execution.Input.text"},"Next":"T"},""";
        await fixture.CreateMachineAsync("Large", Machine.Replace(Choices, Choices + Keep, StringComparison.Ordinal));
        byte[] noise = new byte[60_000];
        new Random(1).NextBytes(noise);
        string execution = await fixture.StartAsync("Large", JsonObject.Create(("n", 0), ("text", Convert.ToBase64String(noise))));
        await fixture.UntilAsync(() => fixture.Tasks.CallsTo("count") == Rounds);
        await fixture.CallAsync("SendTaskSuccess", ("taskToken", Token(fixture)), ("output", "\"yes\""));
        await fixture.EndAsync(execution);
        IReadOnlyList<HistoryEvent> events = await fixture.HistoryAsync(execution);

        Assert.True(late >= 3, $"{late} heartbeats came while a snapshot was stored.");
        Assert.True(fixture.Host.Durable.All().Single().Generation >= 1);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(one => one.Id));
        Assert.Equal(HistoryEventType.ExecutionSucceeded, events[^1].Type);
        Assert.Equal(Rounds, events.Count(one => one.Type == HistoryEventType.LambdaFunctionSucceeded));
    }

    private static string Token(ServiceFixture fixture) => fixture.Tasks.Calls.Single(call => call.TaskToken is not null).TaskToken!;

    private async Task<ServiceFixture> OpenAsync()
    {
        ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        fixture.Tasks.On("sendMessage", _ => new TaskAccepted("sent")).On("count", call => new TaskCompleted(call.Arguments));
        await fixture.CreateMachineAsync("M", Machine);
        return fixture;
    }
}

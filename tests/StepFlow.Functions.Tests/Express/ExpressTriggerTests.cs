using System.Security.Cryptography;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Functions.Triggers;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Functions.Tests.Express;

public sealed class ExpressTriggerTests(AzuriteFixture azurite)
{
    private const string Work = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:work","End":true}}}
        """;

    private const string Fails = """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"No","Cause":"because"}}}""";

    private const string Waits = """{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.seconds","End":true}}}""";

    private const string Starts = """
        {"StartAt":"Start","States":{"Start":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:Child","Name":"child"},"End":true}}}
        """;

    /// <summary>What a queue takes, before base64 makes 64 KiB of it.</summary>
    private const int QueueLimit = 48 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartExecution_OfAnExpressMachine_RunsWhenItsMessageIsDelivered()
    {
        await using ServiceFixture fixture = await OpenAsync(Work);
        fixture.Tasks.Returns("work", 1);
        QueueHost queue = Queue(fixture);

        string arn = await StartAsync(fixture, """{"a":1}""");
        Assert.Empty(fixture.Tasks.Calls);
        await queue.DeliverAsync(Cancelled);

        Assert.StartsWith("arn:aws:states:us-east-1:123456789012:express:M:e:", arn, StringComparison.Ordinal);
        TaskCall call = Assert.Single(fixture.Tasks.Calls);
        Assert.Equal((arn, "e", """{"a":1}"""), (call.ExecutionArn, call.ExecutionName, call.Arguments.ToString()));
        Assert.Null(await queue.PeekAsync());
    }

    [Fact]
    public async Task RunAsync_AfterAnOutage_RepeatsWithTheSameNamesAndKeys()
    {
        await using ServiceFixture fixture = await OpenAsync(Work);
        bool isDown = true;
        fixture.Tasks.On("work", _ => isDown ? throw new HttpRequestException("An outage.") : new TaskCompleted(1));
        QueueHost queue = Queue(fixture);
        string arn = await StartAsync(fixture);

        await Assert.ThrowsAsync<HttpRequestException>(() => queue.DeliverAsync(Cancelled));
        isDown = false;
        fixture.Host.Clock.Advance(TimeSpan.FromHours(1));
        await queue.DeliverAsync(Cancelled);

        Assert.Equal(2, fixture.Tasks.Calls.Count);
        Assert.Single(fixture.Tasks.Calls.Select(call => call.IdempotencyKey).Distinct());
        Assert.All(fixture.Tasks.Calls, call => Assert.Equal((arn, "e"), (call.ExecutionArn, call.ExecutionName)));
        Assert.Null(await queue.PeekAsync());
    }

    [Fact]
    public async Task RunAsync_OfAWorkflowThatFails_TakesTheMessageAway()
    {
        await using ServiceFixture fixture = await OpenAsync(Fails);
        QueueHost queue = Queue(fixture);
        await StartAsync(fixture);

        await queue.DeliverAsync(Cancelled);

        Assert.Null(await queue.PeekAsync());
    }

    [Fact]
    public async Task RunAsync_WhenTheAppStops_GivesUpItsTasksAndLeavesTheMessage()
    {
        await using ServiceFixture fixture = await OpenAsync(Work);
        using var stopping = new CancellationTokenSource();
        var called = new TaskCompletionSource();
        var cancellation = new TaskCompletionSource();
        fixture.Tasks.On("work", async (_, cancelled) =>
        {
            using CancellationTokenRegistration registration = cancelled.Register(cancellation.SetResult);
            called.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
            return new TaskCompleted(1);
        });
        QueueHost queue = Queue(fixture);
        await StartAsync(fixture);

        Task delivery = queue.DeliverAsync(stopping.Token);
        await called.Task.WaitAsync(Cancelled);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
        await cancellation.Task.WaitAsync(Cancelled);
        Assert.NotNull(await queue.PeekAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.DeliverAsync(stopping.Token));
        Assert.Single(fixture.Tasks.Calls);
    }

    [Fact]
    public async Task StartExecution_WithMuchInput_SendsAReference()
    {
        await using ServiceFixture fixture = await OpenAsync(Work);
        fixture.Tasks.Returns("work", 1);
        QueueHost queue = Queue(fixture);
        string input = JsonObject.Create(("noise", Convert.ToBase64String(RandomNumberGenerator.GetBytes(180 * 1024)))).ToString();

        await StartAsync(fixture, input);
        string? body = await queue.PeekAsync();
        await queue.DeliverAsync(Cancelled);

        Assert.InRange(Convert.FromBase64String(body!).Length, 1, QueueLimit / 2);
        Assert.Equal(input, Assert.Single(fixture.Tasks.Calls).Arguments.ToString());
    }

    [Theory]
    [InlineData("None", 1000, 1000)]
    [InlineData("Aws", 1000, 300)]
    [InlineData("Aws", 200, 200)]
    public async Task RunAsync_UnderLimits_CountsTheRunAndNotTheWaitInTheQueue(string limits, int waits, int lasts)
    {
        await using ServiceFixture fixture = await OpenAsync(Waits, new() { ["StepFlow:Limits"] = limits });
        QueueHost queue = Queue(fixture);
        await StartAsync(fixture, JsonObject.Create(("seconds", waits)).ToString());
        fixture.Host.Clock.Advance(TimeSpan.FromHours(1));
        DateTimeOffset delivered = fixture.Host.Clock.GetUtcNow();

        Task delivery = queue.DeliverAsync(Cancelled);
        await fixture.UntilAsync(() => delivery.IsCompleted, movesClock: true);

        await delivery;
        Assert.Equal(TimeSpan.FromSeconds(lasts), fixture.Host.Clock.GetUtcNow() - delivered);
    }

    [Fact]
    public async Task RunAsync_InAProcessThatServedNothingYet_ReachesTheServiceFromTasks()
    {
        await using ServiceFixture fixture = await OpenAsync(Starts);
        await fixture.CreateMachineAsync("Child", Fails);
        await StartAsync(fixture);
        await fixture.Host.RestartAsync();

        await Queue(fixture).DeliverAsync(Cancelled);

        JsonObject child = await fixture.EndAsync(ServiceFixture.ExecutionArn("Child", "child"));
        Assert.Equal("No", ((JsonString)child["error"]!).Value);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"version":2,"definition":{"text":"{}"},"request":{"text":"{}"}}""")]
    public async Task RunAsync_OfAnUnknownMessage_LeavesIt(string text)
    {
        await using ServiceFixture fixture = await OpenAsync(Work);
        var trigger = (ExpressTrigger)fixture.Host.App.Create(typeof(ExpressTrigger));

        await Assert.ThrowsAsync<InvalidOperationException>(() => trigger.RunAsync(text, fixture.Host.Client, Cancelled));
    }

    private async Task<ServiceFixture> OpenAsync(string definition, Dictionary<string, string?>? settings = null)
    {
        ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, settings: settings);
        await fixture.CreateMachineAsync("M", definition, "EXPRESS");
        return fixture;
    }

    private QueueHost Queue(ServiceFixture fixture) => new(fixture, azurite.ConnectionString);

    private static async Task<string> StartAsync(ServiceFixture fixture, string input = "{}")
    {
        JsonObject started = await fixture.CallAsync(
            "StartExecution", ("stateMachineArn", ServiceFixture.MachineArn("M")), ("name", "e"), ("input", input));
        return ((JsonString)started["executionArn"]!).Value;
    }
}

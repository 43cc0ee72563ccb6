using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StepFlow.Integrations.Blobs;
using StepFlow.Integrations.Configuration;
using StepFlow.Integrations.Messages;
using StepFlow.Language.Json;
using StepFlow.Service.Tasks;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Triggers;

namespace StepFlow.Service.Tests.Triggers;

/// <summary>Schedules and webhooks: each cause starts one execution.</summary>
public sealed class TriggerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 28, 6, 30, 0, TimeSpan.Zero);

    private static readonly string[] Polled = ["nightly", "t"];

    private readonly TestService _test = new();
    private readonly SetClock _clock = new() { Now = Start };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedule_InAZone_StartsOnceAtEachOfItsTimes()
    {
        string machine = await _test.CreateAsync("m");
        await using ServiceProvider services = Services(("nightly:StateMachine", "m"), ("nightly:Schedule", "0 8 * * *"), ("nightly:TimeZone", "Europe/Berlin"));
        TriggerSet triggers = Triggers(services);

        // Berlin puts its clocks forward in the night to 29 March: 8 o'clock is 7, then 6 in UTC.
        foreach (string now in (string[])["2026-03-28T06:59:59Z", "2026-03-28T07:00:00Z", "2026-03-28T07:01:00Z", "2026-03-29T05:59:30Z", "2026-03-29T06:00:10Z"])
        {
            _clock.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
            await triggers.PollAsync(Polled, Cancellation);
            await triggers.PollAsync(Polled, Cancellation);
        }

        Assert.Equal(["""{"Trigger":"nightly","Time":"2026-03-28T07:00:00Z"}""", """{"Trigger":"nightly","Time":"2026-03-29T06:00:00Z"}"""], await InputsAsync(machine));
    }

    [Theory]
    [InlineData("Skip", 0)]
    [InlineData("CatchUp", 4)]
    public async Task MissedTimes_AreSkippedOrCaughtUp(string missed, int expected)
    {
        string machine = await _test.CreateAsync("m");
        await using ServiceProvider services = Services(("t:StateMachine", machine), ("t:Schedule", "rate(15 minutes)"), ("t:Missed", missed));
        await Triggers(services).PollAsync(Polled, Cancellation);

        // Another server, an hour and ten minutes later.
        _clock.Now = Start.AddMinutes(70);
        await Triggers(services).PollAsync(Polled, Cancellation);

        Assert.Equal(expected, (await InputsAsync(machine)).Length);
    }

    [Fact]
    public async Task Schedule_WhoseMachineIsMissing_StartsWhenItIsThere()
    {
        await using ServiceProvider services = Services(("t:StateMachine", "m"), ("t:Schedule", "rate(1 minute)"), ("t:Input", """{"own":1}"""));
        TriggerSet triggers = Triggers(services);
        await triggers.PollAsync(Polled, Cancellation);
        _clock.Now = Start.AddSeconds(61);
        await triggers.PollAsync(Polled, Cancellation);
        string machine = await _test.CreateAsync("m");
        await triggers.PollAsync(Polled, Cancellation);

        Assert.Equal(["""{"own":1}"""], await InputsAsync(machine));
    }

    /// <summary>The platform uses the times only: a look that comes a little early or some minutes late starts the execution all the same.</summary>
    [Theory]
    [InlineData(-0.5, 1)]
    [InlineData(0, 1)]
    [InlineData(600, 1)]
    [InlineData(1200, 0)]
    public async Task Time_ReportedByThePlatform_StartsItsExecution(double seconds, int expected)
    {
        string machine = await _test.CreateAsync("m");
        await using ServiceProvider services = Services(("t:StateMachine", machine), ("t:Schedule", "0 8 * * *"));
        TriggerSet triggers = Triggers(services);
        await triggers.BeginSchedulesAsync(Cancellation);
        _clock.Now = new DateTimeOffset(2026, 3, 28, 8, 0, 0, TimeSpan.Zero).AddSeconds(seconds);

        await triggers.BeginSchedulesAsync(Cancellation);
        await triggers.TakeTimeAsync("t", TimeSpan.FromMinutes(15), Cancellation);
        await triggers.TakeTimeAsync("t", TimeSpan.FromMinutes(15), Cancellation);

        Assert.Equal(expected, (await InputsAsync(machine)).Length);
    }

    [Fact]
    public async Task Causes_ReportedByThePlatform_StartOneExecutionEachOrFail()
    {
        await using ServiceProvider services = Services(
            ("time:StateMachine", "m"), ("time:Schedule", "rate(1 minute)"), ("order:StateMachine", "m"), ("order:Queue", "q"), ("arrived:StateMachine", "m"), ("arrived:Container", "c"), ("arrived:Prefix", "in/"));
        TriggerSet triggers = Triggers(services);
        await triggers.BeginSchedulesAsync(Cancellation);
        _clock.Now = Start.AddMinutes(1);
        BlobProperties blob = new("in/a", 1, "v1", Start, "text/plain", null);
        Func<Task>[] takes =
        [
            () => triggers.TakeTimeAsync("time", TimeSpan.FromMinutes(15), Cancellation),
            () => triggers.TakeMessageAsync("order", "id-1", """{"n":1}""", Cancellation),
            () => triggers.TakeBlobAsync("arrived", blob, Cancellation),
            () => triggers.TakeBlobAsync("arrived", blob with { Name = "out/a" }, Cancellation),
        ];
        foreach (Func<Task> take in takes[..3])
        {
            await Assert.ThrowsAsync<TriggerFailedException>(take);
        }

        string machine = await _test.CreateAsync("m");
        foreach (Func<Task> take in takes.Concat(takes))
        {
            await take();
        }

        Assert.Equal(
            [
                """{"Trigger":"arrived","Container":"c","Blob":"in/a","ETag":"v1","Size":1}""",
                """{"Trigger":"order","Queue":"q","MessageId":"id-1","Body":{"n":1}}""",
                """{"Trigger":"time","Time":"2026-03-28T06:31:00Z"}""",
            ],
            await InputsAsync(machine));
    }

    [Theory]
    [InlineData("Authorization", "Bearer s3cret", 202)]
    [InlineData("X-Hub-Signature-256", "sha256=43aafea4d8187a6c4ff1d2a3d0cfa9fc9ad2ee2ea53e06b4b4dcbf0ce3d4bbf1", 401)]
    [InlineData("X-Hub-Signature-256", "computed", 202)]
    [InlineData("Authorization", "Bearer other", 401)]
    [InlineData("X-None", "", 401)]
    public async Task Webhook_NeedsTheSecret_AndStartsOnceForADelivery(string header, string value, int status)
    {
        string machine = await _test.CreateAsync("m");
        await using ServiceProvider services = Services(("push:StateMachine", "m"), ("push:WebhookSecret", "s3cret"));
        TriggerSet triggers = Triggers(services);
        const string Body = """{"ref":"main"}""";
        if (value == "computed")
        {
            value = "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes(Body)));
        }

        int[] statuses = [await PostAsync(triggers, "push", Body, header, value), await PostAsync(triggers, "push", Body, header, value), await PostAsync(triggers, "other", Body, header, value)];

        Assert.Equal([status, status, 401], statuses);
        Assert.Equal(status == 202 ? ["""{"Trigger":"push","Id":"delivery-1","Body":{"ref":"main"}}"""] : [], await InputsAsync(machine));
    }

    [Theory]
    [InlineData("t:Schedule", "every day", "must be cron of five fields")]
    [InlineData("t:Schedule", "rate(0 minutes)", "must be cron of five fields")]
    [InlineData("t:Input", "{", "Triggers:t:Input' must be a JSON text")]
    [InlineData("t:Queue", "q", "exactly one of Schedule, Container, Queue, EventPattern and WebhookSecret")]
    [InlineData("t:EventPattern", "{}", "exactly one of")]
    [InlineData("t:TimeZone", "Mars/Olympus", "a time zone that this machine does not know: 'Mars/Olympus'")]
    public void WrongSettings_AreReported(string setting, string value, string problem)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Triggers:t:StateMachine", "m"), new("Triggers:t:Schedule", "0 8 * * *")])
            .AddInMemoryCollection([new("Triggers:" + setting, value)])
            .Build();

        Assert.Contains(TriggerSet.Check(configuration), found => found.Contains(problem, StringComparison.Ordinal));
    }

    private static async Task<int> PostAsync(TriggerSet triggers, string name, string body, string header, string value)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Request.Headers[header] = value;
        context.Request.Headers["X-GitHub-Delivery"] = "delivery-1";
        await triggers.ServeWebhookAsync(context, name);
        return context.Response.StatusCode;
    }

    private static ServiceProvider Services(params (string Setting, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create("StepFlow:Triggers:" + pair.Setting, (string?)pair.Value))).Build();
        return new ServiceCollection().AddLogging().AddSingleton(configuration).AddStepFlowIntegrations(configuration.GetSection("StepFlow")).BuildServiceProvider();
    }

    private TriggerSet Triggers(ServiceProvider services) => new(
        TriggerSet.Read(services.GetRequiredService<IConfiguration>().GetSection("StepFlow")),
        new(() => _test.Service),
        _test.Documents,
        services.GetRequiredService<IBlobStore>(),
        services.GetRequiredService<QueueReader>(),
        _clock,
        NullLoggerFactory.Instance);

    private async Task<string[]> InputsAsync(string machine)
    {
        var inputs = new List<string>();
        foreach (JsonValue execution in (JsonArray)(await _test.CallAsync("ListExecutions", ("stateMachineArn", machine)))["executions"]!)
        {
            JsonObject described = await _test.CallAsync("DescribeExecution", ("executionArn", ((JsonObject)execution)["executionArn"]!));
            inputs.Add(TestService.Text(described, "input"));
        }

        return [.. inputs.Order(StringComparer.Ordinal)];
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

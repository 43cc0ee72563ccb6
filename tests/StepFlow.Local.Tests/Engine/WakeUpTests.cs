using System.Globalization;
using StepFlow.Execution;
using StepFlow.Hosting.Compliance;
using StepFlow.Local.Engine;
using StepFlow.Runtime.Ports;

namespace StepFlow.Local.Tests.Engine;

/// <summary>Every execution runs when it is due.</summary>
public class WakeUpTests
{
    private const string Wait = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":5,"End":true}}}""";
    private const string WaitUntil = """{"StartAt":"W","States":{"W":{"Type":"Wait","TimestampPath":"$.until","End":true}}}""";

    private const string Map = """
        {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$","ResultPath":null,"OutputPath":null,"End":true,"ItemProcessor":{
          "StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Timer_DueBeforeTheStartIsDurable_Fires()
    {
        using var commits = new HeldCommits();
        await using var fixture = new LocalHostFixture();
        fixture.Open(commits);
        Task<StartOutcome> start = fixture.Host.StartAsync(Requests.Of(fixture, "a", Wait), Cancellation);
        await commits.Reached.Task.WaitAsync(Cancellation);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        commits.Release();
        await start;
        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
    }

    [Fact]
    public async Task Waits_OfMilliseconds_AllEnd()
    {
        await using var fixture = new LocalHostFixture { Time = TimeProvider.System };
        await fixture.StartAsync();
        ExecutionStatus[] ended = await Task.WhenAll(Enumerable.Range(0, 16).Select(client => ClientAsync(fixture, client, 50)));
        Assert.All(ended, status => Assert.Equal(ExecutionStatus.Succeeded, status));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(20_000)]
    public async Task InlineMap_OfManyItems_Ends(int items)
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        var input = Language.Json.JsonArray.Adopt([.. Enumerable.Range(0, items).Select(static number => (Language.Json.JsonValue)number)]);
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Map, input), Cancellation);
        Task<ExecutionRecord?> end = fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation);

        // An execution that continues immediately is due now.
        await fixture.MoveUntilAsync(end, TimeSpan.FromMilliseconds(1));

        Assert.Equal(ExecutionStatus.Succeeded, (await end)!.Status);
    }

    [Fact]
    public async Task Clock_SetForward_FiresWhatIsDue()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        await fixture.Host.StartAsync(Requests.Of(fixture, "a", Wait.Replace("5", "86400", StringComparison.Ordinal)), Cancellation);
        fixture.Clock.SetForward(TimeSpan.FromDays(2));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ExecutionStatus.Succeeded, (await fixture.Host.WaitAsync(Requests.Arn("a"), Cancellation))!.Status);
    }

    [Fact]
    public void Timers_ClockSetForward_FireWithinASecond()
    {
        var clock = new ManualClock();
        var woken = new List<long>();
        using var wheel = new TimerWheel(clock, woken.Add);
        wheel.Set(1, clock.GetUtcNow().AddHours(9).ToUnixTimeMilliseconds());
        clock.SetForward(TimeSpan.FromHours(8));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(woken);
        clock.SetForward(TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1L], woken);
    }

    private static async Task<ExecutionStatus> ClientAsync(LocalHostFixture fixture, int client, int count)
    {
        var random = new Random(client);
        ExecutionStatus worst = ExecutionStatus.Succeeded;
        for (int i = 0; i < count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"w{client}-{i}");
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            string until = now.AddMilliseconds(random.Next(5, 40)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            ExecutionRequest request = Requests.Of(fixture, name, WaitUntil, Language.Json.JsonObject.Create(("until", until)));
            await fixture.Host.StartAsync(request with { Start = request.Start with { StartTime = now } }, Cancellation);
            ExecutionRecord? ended = await fixture.Host.WaitAsync(Requests.Arn(name), Cancellation);
            worst = ended!.Status == ExecutionStatus.Succeeded ? worst : ended.Status;
        }

        return worst;
    }
}

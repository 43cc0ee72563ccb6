using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Runtime.InMemory;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Executions;

/// <summary>Which executions can be redriven: RedriveExecution and the <c>redriveStatus</c> of DescribeExecution agree.</summary>
public sealed class RedriveRulesTests
{
    private const string Fail = """{"StartAt":"Fail","States":{"Fail":{"Type":"Fail"}}}""";
    private const string TooLate = "Execution has exceeded the 14 days redrivable period and cannot be redriven";
    private const string TooLong = "Execution history event limit exceeded and cannot be redriven";

    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Period = TimeSpan.FromDays(14);

    /// <summary>How long after its end, whether under the quotas, and whether it can be redriven then.</summary>
    public static TheoryData<TimeSpan, bool, bool> Ages { get; } = new()
    {
        { TimeSpan.Zero, true, true },
        { TimeSpan.FromDays(2), true, true },
        { Period - TimeSpan.FromMilliseconds(1), true, true },
        { Period, true, true },
        { Period + TimeSpan.FromMilliseconds(1), true, false },
        { TimeSpan.FromDays(40), true, false },
        { TimeSpan.FromDays(40), false, true },
    };

    [Theory]
    [MemberData(nameof(Ages))]
    public async Task Redrive_SomeTimeAfterTheEnd_IsPossibleForTwoWeeksUnderTheQuotas(TimeSpan age, bool hasQuotas, bool possible)
    {
        var clock = new VirtualClock(Start);
        var test = new TestService(clock, hasQuotas ? Limits.Aws : Limits.None);
        await clock.RunAsync(async () =>
        {
            string execution = await EndAsync(test, Fail);
            await Task.Delay(age, clock);
            await AssertRedriveAsync(test, execution, possible ? null : TooLate);
        });
    }

    /// <summary>The history of a machine of one Fail has three events. A redrive needs room for one, and the end for another.</summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public async Task Redrive_OfALongHistory_MustFitIntoTheQuota(int most, bool possible)
    {
        var test = new TestService(limits: new() { HistoryEvents = most });

        await AssertRedriveAsync(test, await EndAsync(test, Fail), possible ? null : TooLong);
    }

    [Theory]
    [InlineData(TestService.PassDefinition, "SUCCEEDED")]
    [InlineData(TestService.WaitDefinition, "RUNNING")]
    public async Task Redrive_OfWhatDidNotFail_IsNotPossible(string definition, string status)
    {
        var test = new TestService();
        string execution = await test.StartAsync(await test.CreateAsync("m", definition));
        if (status == "SUCCEEDED")
        {
            await test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        }

        await AssertRedriveAsync(test, execution, $"Execution is {status} and cannot be redriven");
    }

    [Theory]
    [InlineData("ABORTED")]
    [InlineData("TIMED_OUT")]
    public async Task Redrive_OfWhatWasCutOff_IsPossible(string status)
    {
        var clock = new VirtualClock(Start);
        var test = new TestService(clock);
        await clock.RunAsync(async () =>
        {
            string machine = await test.CreateAsync("m", """{"StartAt":"Wait","TimeoutSeconds":60,"States":{"Wait":{"Type":"Wait","Seconds":3600,"End":true}}}""");
            string execution = await test.StartAsync(machine);
            if (status == "ABORTED")
            {
                await test.CallAsync("StopExecution", ("executionArn", execution));
            }

            await test.Host.WaitAsync(execution, CancellationToken.None);
            Assert.Equal(status, TestService.Text(await test.CallAsync("DescribeExecution", ("executionArn", execution)), "status"));
            await AssertRedriveAsync(test, execution, null);
        });
    }

    private static async Task<string> EndAsync(TestService test, string definition)
    {
        string execution = await test.StartAsync(await test.CreateAsync("m", definition));
        await test.Host.WaitAsync(execution, CancellationToken.None);
        return execution;
    }

    /// <summary>Reads whether it can be redriven, and tries.</summary>
    private static async Task AssertRedriveAsync(TestService test, string execution, string? reason)
    {
        JsonObject described = await test.CallAsync("DescribeExecution", ("executionArn", execution));
        Assert.Equal(
            (reason is null ? "REDRIVABLE" : "NOT_REDRIVABLE", reason),
            (TestService.Text(described, "redriveStatus"), (described["redriveStatusReason"] as JsonString)?.Value));
        if (reason is null)
        {
            await test.CallAsync("RedriveExecution", ("executionArn", execution));
            return;
        }

        Assert.Equal((ErrorCodes.ExecutionNotRedrivable, reason), await test.RefuseAsync("RedriveExecution", ("executionArn", execution)));
    }
}

using StepFlow.Execution;
using StepFlow.Hosting.Compliance;
using StepFlow.Service.Ports;

namespace StepFlow.Local.Tests.Engine;

public class FirstTests
{
    [Fact]
    public async Task Start_PassMachine_Succeeds()
    {
        await using var fixture = new LocalHostFixture();
        await fixture.StartAsync();
        fixture.Tasks.Returns("f", 42);
        string definition = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""";
        await fixture.Host.StartAsync(Requests.Of(fixture, "x", definition), TestContext.Current.CancellationToken);
        ExecutionRecord? record = await fixture.Host.WaitAsync(Requests.Arn("x"), TestContext.Current.CancellationToken);
        Assert.Equal(ExecutionStatus.Succeeded, record!.Status);
        Assert.Equal("42", record.Output!.ToString());
        var history = await fixture.Host.HistoryAsync(Requests.Arn("x"), null, 100, false, TestContext.Current.CancellationToken);
        Assert.Equal(record.EventCount, history.Count);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(i => (long)i), history.Select(e => e.Id));
    }
}

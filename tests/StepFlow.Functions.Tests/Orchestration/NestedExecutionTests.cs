using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StepFlow.Execution.History;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Tests.Hosting;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Service.Tasks;

namespace StepFlow.Functions.Tests.Orchestration;

/// <summary>Executions that start executions and wait for them (<c>states:startExecution.sync:2</c>).</summary>
public sealed class NestedExecutionTests(AzuriteFixture azurite)
{
    private const string WaitingChild = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"Next":"P"},"P":{"Type":"Pass","Result":{"v":7},"End":true}}}""";
    private const string FailingChild = """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Custom","Cause":"because"}}}""";

    private static readonly string Parent = $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2",
        "Parameters":{"StateMachineArn":"{{ServiceFixture.MachineArn("Child")}}","Name":"child","Input":{"from":"parent"} },
        "ResultSelector":{"out.$":"$.Output"},"End":true} } }
        """;

    private static readonly string ChildArn = ServiceFixture.ExecutionArn("Child", "child");

    [Fact]
    public async Task Sync_ChildEndsHoursLater_GivesItsOutput()
    {
        await using ServiceFixture fixture = await StartAsync(WaitingChild);
        await fixture.UntilAsync(async () => (await fixture.TypesAsync(ParentArn)).Contains(HistoryEventType.TaskSubmitted));
        await fixture.Host.RestartAsync();
        JsonObject ended = await fixture.EndAsync(ParentArn);

        Assert.Equal("""{"out":{"v":7}}""", ((JsonString)ended["output"]!).Value);
        Assert.Equal(
            [
                HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted,
                HistoryEventType.TaskSubmitted, HistoryEventType.TaskSucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded,
            ],
            await fixture.TypesAsync(ParentArn));
    }

    [Fact]
    public async Task Sync_ChildFails_FailsTheTask()
    {
        await using ServiceFixture fixture = await StartAsync(FailingChild);
        JsonObject ended = await fixture.EndAsync(ParentArn);

        Assert.Equal("States.TaskFailed", ((JsonString)ended["error"]!).Value);
        Assert.Contains("because", ((JsonString)ended["cause"]!).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_ChildTerminatedInTheBackEnd_EndsTheParentWhenARetentionRunFindsIt()
    {
        await using ServiceFixture fixture = await StartAsync(WaitingChild);
        await fixture.UntilAsync(async () => (await fixture.TypesAsync(ParentArn)).Contains(HistoryEventType.TaskSubmitted));
        fixture.Host.Durable.Terminate(InstanceIds.Of(ChildArn), null, recursive: false);
        await fixture.Host.App.Get<Retention>().RunAsync(TestContext.Current.CancellationToken);
        JsonObject ended = await fixture.EndAsync(ParentArn);

        Assert.Equal("States.TaskFailed", ((JsonString)ended["error"]!).Value);
        Assert.Equal("ABORTED", await fixture.StatusAsync(ChildArn));
        Assert.Equal(HistoryEventType.ExecutionAborted, (await fixture.TypesAsync(ChildArn)).Last());
    }

    [Fact]
    public async Task Sync_ParentTerminatedInTheBackEnd_StopsTheChildWhenItIsLookedAt()
    {
        await using ServiceFixture fixture = await StartAsync(WaitingChild);
        await fixture.UntilAsync(async () => (await fixture.TypesAsync(ParentArn)).Contains(HistoryEventType.TaskSubmitted));
        fixture.Host.Durable.Terminate(InstanceIds.Of(ParentArn), null, recursive: false);

        Assert.Equal("ABORTED", await fixture.StatusAsync(ParentArn));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(ChildArn) == "ABORTED");
        Assert.Equal(HistoryEventType.ExecutionAborted, (await fixture.TypesAsync(ParentArn)).Last());
    }

    [Fact]
    public async Task Sync_ParentStopped_StopsTheChild()
    {
        await using ServiceFixture fixture = await StartAsync(WaitingChild);
        await fixture.UntilAsync(async () => (await fixture.TypesAsync(ParentArn)).Contains(HistoryEventType.TaskSubmitted));
        await fixture.CallAsync("StopExecution", ("executionArn", ParentArn));
        await fixture.UntilAsync(async () => await fixture.StatusAsync(ChildArn) == "ABORTED");
        await fixture.UntilAsync(async () => await fixture.StatusAsync(ParentArn) == "ABORTED");
    }

    [Fact]
    public async Task Sync_StoppedWhileTheChildIsBeingStarted_StopsTheChild()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ServiceFixture fixture = await StartAsync(WaitingChild, services => services.Replace(
            ServiceDescriptor.Singleton<IExecutionStarter>(provider => new SlowStarter(
                new ServiceExecutionStarter(provider.GetRequiredService<ServiceCalls>()), reached, gate.Task))));
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await fixture.CallAsync("StopExecution", ("executionArn", ParentArn));
        gate.SetResult();

        await fixture.UntilAsync(async () => await fixture.StatusAsync(ParentArn) == "ABORTED");
        await fixture.UntilAsync(async () => await fixture.StatusAsync(ChildArn) == "ABORTED");
    }

    [Fact]
    public async Task RequestResponse_ChildStarted_ContinuesAtOnce()
    {
        await using ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite);
        await fixture.CreateMachineAsync("Child", WaitingChild);
        await fixture.CreateMachineAsync("Parent", Parent.Replace(".sync:2", string.Empty, StringComparison.Ordinal).Replace("$.Output", "$.ExecutionArn", StringComparison.Ordinal));
        await fixture.StartAsync("Parent");
        await fixture.UntilAsync(async () => await fixture.StatusAsync(ParentArn) != "RUNNING");
        Assert.Equal(("SUCCEEDED", "RUNNING"), (await fixture.StatusAsync(ParentArn), await fixture.StatusAsync(ChildArn)));
    }

    private static string ParentArn => ServiceFixture.ExecutionArn("Parent", "e");

    private async Task<ServiceFixture> StartAsync(string child, Action<IServiceCollection>? configure = null)
    {
        ServiceFixture fixture = await ServiceFixture.OpenAsync(azurite, configure: configure);
        await fixture.CreateMachineAsync("Child", child);
        await fixture.CreateMachineAsync("Parent", Parent);
        await fixture.StartAsync("Parent");
        return fixture;
    }

    private sealed class SlowStarter(IExecutionStarter inner, TaskCompletionSource reached, Task gate) : IExecutionStarter
    {
        public async Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken)
        {
            reached.TrySetResult();
            await gate;
            return await inner.StartAsync(request, CancellationToken.None);
        }
    }
}

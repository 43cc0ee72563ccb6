using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Hosting.Compliance;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>The app is stopped and started again with another definition, as a deployment does.</summary>
public sealed class RestartTests(AzuriteFixture azurite)
{
    private const string MachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:M";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executions_ThatRunWhenADefinitionChanges_EndAsTheyBegan()
    {
        await using var fixture = new HubHostFixture(azurite);
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Tasks.On("sendMessage", call =>
        {
            asked.TrySetResult(call.TaskId);
            return new TaskAccepted(JsonObject.Empty);
        });
        fixture.Tasks.Returns("old", "old").Returns("new", "new");
        await fixture.StartAsync();
        await CallAsync(fixture, "CreateStateMachine", ("name", "M"), ("definition", Definition("old")), ("roleArn", "arn:aws:iam::123456789012:role/test"));
        string before = await StartAsync(fixture, "before");
        string task = await asked.Task.WaitAsync(Cancelled);
        asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await CallAsync(fixture, "UpdateStateMachine", ("stateMachineArn", MachineArn), ("definition", Definition("new")));
        await fixture.RestartAsync();

        string after = await StartAsync(fixture, "after");
        await asked.Task.WaitAsync(Cancelled);
        Assert.True(await fixture.Host.SignalAsync(before, new TaskSucceeded(fixture.Now, task, 1), Cancelled));
        Assert.True(await fixture.Host.SignalAsync(after, new TaskSucceeded(fixture.Now, task, 1), Cancelled));

        Assert.Equal((ExecutionStatus.Succeeded, "\"old\""), await EndAsync(fixture, before));
        Assert.Equal((ExecutionStatus.Succeeded, "\"new\""), await EndAsync(fixture, after));
        Assert.Equal(1, fixture.Tasks.CallsTo("old"));
        Assert.Equal(1, fixture.Tasks.CallsTo("new"));
    }

    private static string Definition(string function) => $$"""
        {"StartAt":"W","States":{
          "W":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","Parameters":{"QueueUrl":"q","MessageBody":{"token.$":"$$.Task.Token"} },"Next":"T"},
          "T":{"Type":"Task","Resource":"{{Requests.Function(function)}}","End":true} } }
        """;

    private static async Task<string> StartAsync(HubHostFixture fixture, string name) =>
        ((JsonString)(await CallAsync(fixture, "StartExecution", ("stateMachineArn", MachineArn), ("name", name)))["executionArn"]!).Value;

    private static async Task<(ExecutionStatus Status, string? Output)> EndAsync(HubHostFixture fixture, string executionArn)
    {
        ExecutionRecord ended = (await fixture.Host.WaitAsync(executionArn, Cancelled).WaitAsync(fixture.EndLimit, Cancelled))!;
        return (ended.Status, ended.Output?.ToString());
    }

    private static async Task<JsonObject> CallAsync(HubHostFixture fixture, string operation, params (string Name, JsonValue Value)[] members)
    {
        ApiResult result = await fixture.App.Get<StepFunctionsService>().InvokeAsync(operation, JsonObject.Create(members), CallerContext.Internal, Cancelled);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Response;
    }
}

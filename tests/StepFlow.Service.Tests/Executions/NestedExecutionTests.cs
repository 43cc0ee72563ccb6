using StepFlow.Execution;
using StepFlow.Integrations.Responses;
using StepFlow.Integrations.Executions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.Json;
using StepFlow.Runtime.Ports;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Executions;

/// <summary>Executions that tasks start and wait for, and tasks that call the service.</summary>
public sealed class NestedExecutionTests
{
    private readonly StarterTasks _starter = new();
    private readonly TestService _test;

    public NestedExecutionTests()
    {
        _test = new(tasks: _starter);
        _starter.Test = _test;
    }

    [Fact]
    public async Task Sync2_ChildSucceeds_GivesItsOutputAsJson()
    {
        await _test.CreateAsync("child");
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", Nested("states:startExecution.sync:2", "child")));

        var output = (JsonObject)(await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!.Output!;

        Assert.Equal("SUCCEEDED", TestService.Text(output, "Status"));
        Assert.Equal("""{"a":1}""", output["Output"]!.ToString());
        Assert.IsType<JsonObject>(output["Output"]);
    }

    [Fact]
    public async Task Sync_ChildSucceeds_GivesItsOutputAsText()
    {
        await _test.CreateAsync("child");
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", Nested("states:startExecution.sync", "child")));

        var output = (JsonObject)(await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!.Output!;

        Assert.Equal("""{"a":1}""", TestService.Text(output, "Output"));
    }

    [Fact]
    public async Task Sync_ChildFails_FailsTheTask()
    {
        await _test.CreateAsync("child", """{"StartAt":"Fail","States":{"Fail":{"Type":"Fail","Error":"E","Cause":"C"}}}""");
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", Nested("states:startExecution.sync:2", "child")));

        ExecutionRecord ended = (await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!;

        Assert.Equal("States.TaskFailed", ended.Error);
        Assert.Equal("E", TestService.Text((JsonObject)JsonValue.Parse(ended.Cause!), "Error"));
    }

    [Fact]
    public async Task Sync_ParentStopped_StopsTheChild()
    {
        string child = await _test.CreateAsync("child", TestService.WaitDefinition);
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", Nested("states:startExecution.sync:2", "child")));
        string childExecution = await _starter.Started.Task.WaitAsync(TestContext.Current.CancellationToken);
        await _test.CallAsync("StopExecution", ("executionArn", execution));

        ExecutionRecord stopped = (await _test.Host.WaitAsync(childExecution, TestContext.Current.CancellationToken))!;

        Assert.Equal(ExecutionStatus.Aborted, stopped.Status);
        Assert.Equal(execution, stopped.Request.ParentExecutionArn);
        Assert.NotNull(child);
    }

    [Theory]
    [InlineData("states:startExecution", null)]
    [InlineData("states:startExecution", "given")]
    [InlineData("states:startExecution.sync", null)]
    [InlineData("states:startExecution.sync", "given")]
    [InlineData("states:startExecution.sync:2", null)]
    [InlineData("states:startExecution.sync:2", "given")]
    [InlineData("states:startExecution.waitForTaskToken", "given")]
    [InlineData("aws-sdk:sfn:startExecution", null)]
    [InlineData("aws-sdk:sfn:startExecution", "given")]
    public async Task Repeated_AfterTheChildHasEnded_JoinsIt(string resource, string? name)
    {
        string machine = await _test.CreateAsync("child");
        TaskCall call = Call(resource, machine, name, "parent/1");
        await RunAsync(call);
        string child = await _starter.Started.Task;
        Assert.Equal(ExecutionStatus.Succeeded, (await _test.Host.WaitAsync(child, TestContext.Current.CancellationToken))!.Status);
        await _test.CallAsync("DeleteStateMachine", ("stateMachineArn", machine));

        TaskOutcome repeated = await RunAsync(call);

        JsonValue? output = repeated switch { TaskCompleted completed => completed.Output, TaskAccepted accepted => accepted.Output, _ => null };
        Assert.Equal(child, TestService.Text(Assert.IsType<JsonObject>(output), "ExecutionArn"));
        Assert.Single((await _test.Host.ListAsync(new() { Count = 10 }, TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task NameOfAnotherTasksChild_ThatHasEnded_IsRefused()
    {
        string machine = await _test.CreateAsync("child");
        await RunAsync(Call("states:startExecution.sync", machine, "given", "parent/1"));

        TaskOutcome other = await RunAsync(Call("states:startExecution.sync", machine, "given", "parent/2"));

        Assert.Equal("ExecutionAlreadyExists", Assert.IsType<TaskRejected>(other).Error);
    }

    private Task<TaskOutcome> RunAsync(TaskCall call) =>
        new Service.Tasks.StepFunctionsTasks(_starter, _test.Calls).RunAsync(call, TestContext.Current.CancellationToken);

    private static TaskCall Call(string resource, string machine, string? name, string key) => new()
    {
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:parent:e",
        ExecutionName = "e",
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:parent",
        StateName = "Call",
        Resource = TaskResource.Parse("arn:aws:states:::" + resource),
        Arguments = new JsonObjectBuilder().Set("StateMachineArn", machine).Set("Input", JsonObject.Empty).SetIfPresent("Name", name is null ? null : new JsonString(name)).Build(),
        IdempotencyKey = key,
    };

    [Fact]
    public async Task SdkCall_OfTheService_RespondsInPascalCase()
    {
        string child = await _test.CreateAsync("child");
        string definition = """{"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sfn:describeStateMachine","Parameters":{"StateMachineArn":"$ARN"},"End":true}}}"""
            .Replace("$ARN", child, StringComparison.Ordinal);
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", definition));

        var output = (JsonObject)(await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!.Output!;

        Assert.Equal(child, TestService.Text(output, "StateMachineArn"));
        Assert.EndsWith("Z", TestService.Text(output, "CreationDate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SdkCall_Refused_FailsWithTheServicesError()
    {
        string definition = """{"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sfn:describeStateMachine","Parameters":{"StateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:none"},"End":true}}}""";
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", definition));

        ExecutionRecord ended = (await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!;

        Assert.Equal("Sfn.StateMachineDoesNotExistException", ended.Error);
        Assert.StartsWith("State Machine Does Not Exist: ", ended.Cause, StringComparison.Ordinal);
    }

    /// <summary>The call succeeded: the Status shows that the execution failed.</summary>
    [Fact]
    public async Task SdkCall_FailedSyncExecution_IsAResult()
    {
        string child = await _test.CreateAsync("child", """{"StartAt":"Fail","States":{"Fail":{"Type":"Fail","Error":"E","Cause":"C"}}}""", "EXPRESS");
        string definition = """{"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sfn:startSyncExecution","Parameters":{"StateMachineArn":"$ARN"},"End":true}}}"""
            .Replace("$ARN", child, StringComparison.Ordinal);
        string execution = await _test.StartAsync(await _test.CreateAsync("parent", definition));

        ExecutionRecord ended = (await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken))!;

        Assert.Equal(ExecutionStatus.Succeeded, ended.Status);
        Assert.Equal(("FAILED", "E"), (TestService.Text((JsonObject)ended.Output!, "Status"), TestService.Text((JsonObject)ended.Output!, "Error")));
    }

    private static string Nested(string resource, string machine) =>
        "{\"StartAt\":\"Call\",\"States\":{\"Call\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::" + resource
        + "\",\"Parameters\":{\"StateMachineArn\":\"arn:aws:states:us-east-1:123456789012:stateMachine:" + machine + "\",\"Input\":{\"a\":1}},\"End\":true}}}";

    /// <summary>Starts executions as the integration does; the jobs are the service's.</summary>
    private sealed class StarterTasks : ITaskRunner
    {
        public TestService Test { get; set; } = null!;

        public TaskCompletionSource<string> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            var arguments = (JsonObject)call.Arguments;
            string name = (arguments["Name"] as JsonString)?.Value ?? RequestId.For(call.IdempotencyKey);
            StartResult result = await new Service.Tasks.ServiceExecutionStarter(Test.Calls).StartAsync(
                new(TestService.Text(arguments, "StateMachineArn"), name, arguments["Input"]!.ToString()) { Parent = call }, cancellationToken);
            if (result is StartRefused refused)
            {
                return new TaskRejected(refused.Code, refused.Message);
            }

            var started = (Started)result;
            Started.TrySetResult(started.ExecutionArn);
            return new TaskAccepted(JsonObject.Create(("ExecutionArn", started.ExecutionArn)));
        }
    }
}

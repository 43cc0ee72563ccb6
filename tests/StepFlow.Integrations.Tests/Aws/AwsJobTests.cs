using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Aws;

/// <summary>Tasks that wait for a job of AWS (<c>.sync</c>).</summary>
public sealed class AwsJobTests
{
    private const string Ecs = "AmazonEC2ContainerServiceV20141113.";
    private const string RunningTask = """{"tasks":[{"taskArn":"t","lastStatus":"RUNNING"}]}""";

    [Theory]
    [InlineData("states:startExecution.sync", """{"StateMachineArn":"m","Input":{"n":1}}""", "AWSStepFunctions.StartExecution", """{"executionArn":"e"}""", "AWSStepFunctions.DescribeExecution", """{"executionArn":"e"}""", """{"status":"RUNNING"}""", """{"status":"SUCCEEDED","output":"{\"a\":1}"}""", """{"Status":"SUCCEEDED","Output":"{\"a\":1}"}""")]
    [InlineData("states:startExecution.sync:2", """{"StateMachineArn":"m"}""", "AWSStepFunctions.StartExecution", """{"executionArn":"e"}""", "AWSStepFunctions.DescribeExecution", """{"executionArn":"e"}""", """{"status":"RUNNING"}""", """{"status":"SUCCEEDED","output":"{\"a\":1}"}""", """{"Status":"SUCCEEDED","Output":{"a":1}}""")]
    [InlineData("glue:startJobRun.sync", """{"JobName":"j"}""", "AWSGlue.StartJobRun", """{"JobRunId":"r"}""", "AWSGlue.GetJobRun", """{"JobName":"j","RunId":"r"}""", """{"JobRun":{"JobRunState":"RUNNING"}}""", """{"JobRun":{"JobRunState":"SUCCEEDED"}}""", """{"JobRunState":"SUCCEEDED"}""")]
    [InlineData("batch:submitJob.sync", """{"JobName":"j","JobQueue":"q","JobDefinition":"d"}""", "/v1/submitjob", """{"jobId":"b"}""", "/v1/describejobs", """{"jobs":["b"]}""", """{"jobs":[{"status":"RUNNABLE"}]}""", """{"jobs":[{"status":"SUCCEEDED","jobId":"b"}]}""", """{"Status":"SUCCEEDED","JobId":"b"}""")]
    [InlineData("ecs:runTask.sync", """{"TaskDefinition":"d","Cluster":"c"}""", Ecs + "RunTask", """{"tasks":[{"taskArn":"t"}]}""", Ecs + "DescribeTasks", """{"cluster":"c","tasks":["t"]}""", RunningTask, """{"tasks":[{"lastStatus":"STOPPED","containers":[{"exitCode":0}]}]}""", """{"LastStatus":"STOPPED","Containers":[{"ExitCode":0}]}""")]
    [InlineData("codebuild:startBuild.sync", """{"ProjectName":"p"}""", "CodeBuild_20161006.StartBuild", """{"build":{"id":"p:1"}}""", "CodeBuild_20161006.BatchGetBuilds", """{"ids":["p:1"]}""", """{"builds":[{"buildStatus":"IN_PROGRESS"}]}""", """{"builds":[{"buildStatus":"SUCCEEDED"}]}""", """{"Build":{"BuildStatus":"SUCCEEDED"}}""")]
    [InlineData("athena:startQueryExecution.sync", """{"QueryString":"SELECT 1"}""", "AmazonAthena.StartQueryExecution", """{"QueryExecutionId":"x"}""", "AmazonAthena.GetQueryExecution", """{"QueryExecutionId":"x"}""", """{"QueryExecution":{"Status":{"State":"QUEUED"}}}""", """{"QueryExecution":{"Status":{"State":"SUCCEEDED"}}}""", """{"QueryExecution":{"Status":{"State":"SUCCEEDED"}}}""")]
    [InlineData("sagemaker:createTrainingJob.sync", """{"TrainingJobName":"n"}""", "SageMaker.CreateTrainingJob", """{"TrainingJobArn":"a"}""", "SageMaker.DescribeTrainingJob", """{"TrainingJobName":"n"}""", """{"TrainingJobStatus":"InProgress"}""", """{"TrainingJobStatus":"Completed"}""", """{"TrainingJobStatus":"Completed"}""")]
    public async Task Job_IsStartedOnce_AndPolledUntilItsEnd(string resource, string arguments, string start, string started, string describe, string asked, string running, string ended, string result)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        var responses = new Queue<string>([running, ended]);
        server.On(start, 200, started);
        server.On(describe, _ => new(200, responses.Dequeue()));
        await using var integrations = new TestIntegrations(server.Settings(resource));
        TaskCall call = TestIntegrations.Call(resource, arguments) with { PollsJobs = true };

        var first = Assert.IsType<TaskPending>(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));
        var second = Assert.IsType<TaskPending>(await integrations.Runner.RunAsync(call with { JobReference = first.Reference }, TestContext.Current.CancellationToken));
        TaskOutcome end = await integrations.Runner.RunAsync(call with { JobReference = second.Reference }, TestContext.Current.CancellationToken);

        Assert.Equal(JsonValue.Parse(result), Assert.IsType<TaskCompleted>(end).Output);
        AwsServerRequest[] questions = [.. server.Requests.Skip(1)];
        Assert.Equal(2, questions.Length);
        Assert.All(questions, question => Assert.Equal(JsonValue.Parse(asked), JsonValue.Parse(question.Body)));
    }

    [Theory]
    [InlineData("""{"tasks":[{"lastStatus":"STOPPED","containers":[{"exitCode":3}]}]}""")]
    [InlineData("""{"tasks":[{"lastStatus":"STOPPED","stopCode":"TaskFailedToStart","containers":[{}]}]}""")]
    public async Task Job_ThatEndsBadly_FailsWithItsDescription(string ended)
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(Ecs + "DescribeTasks", 200, ended);
        await using var integrations = new TestIntegrations(server.Settings("ecs:runTask"));
        TaskCall call = TestIntegrations.Call("ecs:runTask.sync", "{}") with { PollsJobs = true, JobReference = JsonValue.Parse("""{"ask":{"tasks":["t"]},"asked":1}""") };

        var rejected = Assert.IsType<TaskRejected>(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));

        Assert.Equal("States.TaskFailed", rejected.Error);
        Assert.Contains("\"LastStatus\":\"STOPPED\"", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatWasNotStarted_FailsWithTheReason()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(Ecs + "RunTask", 200, """{"tasks":[],"failures":[{"reason":"RESOURCE:MEMORY"}]}""");
        await using var integrations = new TestIntegrations(server.Settings("ecs:runTask"));

        TaskRejected rejected = await integrations.RejectAsync("ecs:runTask.sync", """{"TaskDefinition":"d"}""");

        Assert.Contains("RESOURCE:MEMORY", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RepetitionAfterARestart_PollsTheJobThatWasStarted()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(Ecs + "RunTask", 200, """{"tasks":[{"taskArn":"t"}]}""");
        server.On(Ecs + "DescribeTasks", 200, """{"tasks":[{"lastStatus":"STOPPED","containers":[{"exitCode":0}]}]}""");
        var notes = new MemoryTaskNotes();
        TaskCall call = TestIntegrations.Call("ecs:runTask.sync", """{"TaskDefinition":"d"}""");
        await using (var before = new TestIntegrations(server.Settings("ecs:runTask"), services => services.AddSingleton<ITaskNotes>(notes)))
        {
            await before.Runner.RunAsync(call with { PollsJobs = true }, TestContext.Current.CancellationToken);
        }

        await using var after = new TestIntegrations(server.Settings("ecs:runTask"), services => services.AddSingleton<ITaskNotes>(notes));
        TaskOutcome end = await after.Runner.RunAsync(call, TestContext.Current.CancellationToken);

        Assert.IsType<TaskCompleted>(end);
        Assert.Single(server.Requests, static request => request.Target == Ecs + "RunTask");
    }

    /// <summary>The service has the job already, and only its response identifies it.</summary>
    [Fact]
    public async Task TaskThatIsCancelled_WhileItsJobIsStarted_StopsTheJob()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        using var given = new CancellationTokenSource();
        server.On(Ecs + "RunTask", _ =>
        {
            given.Cancel();
            return new(200, """{"tasks":[{"taskArn":"t"}]}""");
        });
        server.On(Ecs + "StopTask", 200, "{}");
        await using var integrations = new TestIntegrations(server.Settings("ecs:runTask"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => integrations.Runner.RunAsync(TestIntegrations.Call("ecs:runTask.sync", """{"TaskDefinition":"d","Cluster":"c"}"""), given.Token));

        var stopped = (JsonObject)JsonValue.Parse(Assert.Single(server.Requests, static request => request.Target == Ecs + "StopTask").Body);
        Assert.Equal(("c", "t"), (stopped["cluster"], stopped["task"]));
    }

    [Fact]
    public async Task TaskThatIsCancelled_StopsItsJob()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On(Ecs + "RunTask", 200, """{"tasks":[{"taskArn":"t"}]}""");
        server.On(Ecs + "DescribeTasks", 200, RunningTask);
        server.On(Ecs + "StopTask", 200, "{}");
        await using var integrations = new TestIntegrations(server.Settings("ecs:runTask"));
        using var given = new CancellationTokenSource();
        TaskCall call = TestIntegrations.Call("ecs:runTask.sync", """{"TaskDefinition":"d","Cluster":"c"}""") with
        {
            Submitted = async (_, _) => await given.CancelAsync(),
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => integrations.Runner.RunAsync(call, given.Token));

        var stopped = (JsonObject)JsonValue.Parse(Assert.Single(server.Requests, static request => request.Target == Ecs + "StopTask").Body);
        Assert.Equal(("c", "t"), (stopped["cluster"], stopped["task"]));
    }

    [Fact]
    public async Task HostThatStopsAJob_StopsTheOneOfTheReference()
    {
        await using AwsServer server = await AwsServer.StartAsync();
        server.On("AWSGlue.BatchStopJobRun", 200, "{}");
        await using var integrations = new TestIntegrations(server.Settings("glue:startJobRun"));
        TaskCall call = TestIntegrations.Call("glue:startJobRun.sync", """{"JobName":"j"}""") with
        {
            PollsJobs = true,
            StopsJob = true,
            JobReference = JsonValue.Parse("""{"ask":{"JobName":"j","RunId":"r"},"asked":1}"""),
        };

        Assert.IsType<TaskCompleted>(await integrations.Runner.RunAsync(call, TestContext.Current.CancellationToken));

        Assert.Equal("""{"JobName":"j","JobRunIds":["r"]}""", Assert.Single(server.Requests).Body);
    }
}

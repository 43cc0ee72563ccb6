using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Jobs;

/// <summary>Jobs that are programs of this machine: started once, found again, stopped with their task.</summary>
public sealed class ProgramJobTests : IDisposable
{
    private const string RunTask = "ecs:runTask.sync";
    private const string Task = """{"TaskDefinition":"encode"}""";

    private readonly JobScripts _workshop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _workshop.Dispose();

    [Fact]
    public async Task Sync_ProgramEndsWell_GivesTheTaskAsEcsDescribesIt()
    {
        await using TestIntegrations integrations = _workshop.With("encode", "exit 0");

        JsonObject task = await integrations.CompleteAsync(RunTask, """{"Cluster":"arn:aws:ecs:us-east-1:1:cluster/video","TaskDefinition":"arn:aws:ecs:us-east-1:1:task-definition/encode:7"}""");

        var container = (JsonObject)((JsonArray)task["Containers"]!)[0];
        Assert.Equal((0, "STOPPED", "encode"), (container["ExitCode"], container["LastStatus"], container["Name"]));
        Assert.Equal(("STOPPED", "EssentialContainerExited", "AWS Step Functions"), (task["LastStatus"], task["StopCode"], task["StartedBy"]));
        Assert.Equal("arn:aws:ecs:us-east-1:000000000000:cluster/video", task["ClusterArn"]);
        Assert.StartsWith("arn:aws:ecs:us-east-1:000000000000:task/video/", ((JsonString)task["TaskArn"]!).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_Always_ShowsWhatWasSubmittedBeforeTheEnd()
    {
        await using TestIntegrations integrations = _workshop.With("encode", JobScripts.Waiting);
        var submitted = new TaskCompletionSource<JsonValue>();
        TaskCall call = TestIntegrations.Call(RunTask, Task) with
        {
            Submitted = (output, _) =>
            {
                submitted.SetResult(output);
                return System.Threading.Tasks.Task.CompletedTask;
            },
        };

        Task<TaskOutcome> run = integrations.Runner.RunAsync(call, Cancellation);
        var response = (JsonObject)await submitted.Task;
        _workshop.LetGo();
        var ended = (JsonObject)Assert.IsType<TaskCompleted>(await run).Output;

        var task = (JsonObject)((JsonArray)response["Tasks"]!)[0];
        Assert.Equal((JsonArray.Empty, "PROVISIONING", ended["TaskArn"]), ((JsonArray)response["Failures"]!, task["LastStatus"], task["TaskArn"]));
        Assert.Equal(200, ((JsonObject)response["SdkHttpMetadata"]!)["HttpStatusCode"]);
    }

    [Fact]
    public async Task Overrides_OfCommandAndEnvironment_ReachTheProgram()
    {
        await using TestIntegrations integrations = _workshop.With("encode", "exit 9", null, ("Jobs:encode:Environment:COLOUR", "red"), ("Jobs:encode:Environment:SHAPE", "round"));

        TaskRejected rejected = await integrations.RejectAsync(
            RunTask,
            """{"TaskDefinition":"encode:3","Overrides":{"ContainerOverrides":[{"Name":"main","Command":["-c","echo $COLOUR $SHAPE $1; cat; exit 3","sh","a b"],"Environment":[{"Name":"COLOUR","Value":"green"}]}]}}""");

        Assert.Equal("States.TaskFailed", rejected.Error);
        var container = (JsonObject)((JsonArray)((JsonObject)JsonValue.Parse(rejected.Cause!))["Containers"]!)[0];
        Assert.Equal((3, "main"), (container["ExitCode"], container["Name"]));
        string reason = ((JsonString)container["Reason"]!).Value;
        Assert.StartsWith("The program exited with code 3: green round a b\n{\"TaskDefinition\":\"encode:3\"", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestResponse_ReturnsWhileTheProgramRuns()
    {
        await using TestIntegrations integrations = _workshop.With("encode", JobScripts.Waiting);

        JsonObject response = await integrations.CompleteAsync("ecs:runTask", Task);

        Assert.Single((JsonArray)response["Tasks"]!);
        await JobScripts.UntilAsync(() => _workshop.Starts.Length == 1);
        Assert.True(JobScripts.Runs(_workshop.Starts[0]));
    }

    [Fact]
    public async Task SameKey_AtOnceAndAgain_StartsOnce()
    {
        await using TestIntegrations integrations = _workshop.With("encode", """printf '%s\n' "$$" >>"$NOTES/starts"; sleep 0.1""");

        TaskOutcome[] outcomes = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 8).Select(_ => integrations.RunAsync(RunTask, Task)));
        TaskOutcome again = await integrations.RunAsync(RunTask, Task);
        await integrations.RunAsync(RunTask, Task, "call-2");

        Assert.All(outcomes, outcome => Assert.IsType<TaskCompleted>(outcome));
        Assert.IsType<TaskCompleted>(again);
        Assert.Equal(2, _workshop.Starts.Length);
    }

    [Fact]
    public async Task TaskCancelled_StopsTheProgramAndWhatItStarted()
    {
        await using TestIntegrations integrations = _workshop.With("encode", """sleep 600 & printf '%s\n%s\n' "$$" "$!" >>"$NOTES/starts"; wait""");
        using var giveUp = new CancellationTokenSource();
        Task<TaskOutcome> run = integrations.Runner.RunAsync(TestIntegrations.Call(RunTask, Task), giveUp.Token);
        await JobScripts.UntilAsync(() => _workshop.Starts.Length == 2);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        await JobScripts.UntilAsync(() => !_workshop.Starts.Any(JobScripts.Runs));
        TaskRejected after = await integrations.RejectAsync(RunTask, Task);
        Assert.Contains("\"StopCode\":\"UserInitiated\"", after.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostStops_ProgramContinues_AndTheNextHostFindsIt()
    {
        using (var stopping = new CancellationTokenSource())
        {
            await using TestIntegrations first = _workshop.With("encode", JobScripts.Waiting, new HostStopping(stopping.Token));
            Task<TaskOutcome> run = first.Runner.RunAsync(TestIntegrations.Call(RunTask, Task), stopping.Token);
            await JobScripts.UntilAsync(() => _workshop.Starts.Length == 1);
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        await using TestIntegrations second = _workshop.With("encode", JobScripts.Waiting);
        Task<TaskOutcome> found = second.RunAsync(RunTask, Task);
        Assert.True(JobScripts.Runs(_workshop.Starts.Single()));
        _workshop.LetGo();

        Assert.IsType<TaskCompleted>(await found);
        Assert.Single(_workshop.Starts);
    }

    [Fact]
    public async Task CancelledBeforeItIsCalledAgain_WhatRanBeforeIsStopped()
    {
        using (var stopping = new CancellationTokenSource())
        {
            await using TestIntegrations first = _workshop.With("encode", JobScripts.Waiting, new HostStopping(stopping.Token));
            Task<TaskOutcome> run = first.Runner.RunAsync(TestIntegrations.Call(RunTask, Task), stopping.Token);
            await JobScripts.UntilAsync(() => _workshop.Starts.Length == 1);
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        await using TestIntegrations second = _workshop.With("encode", JobScripts.Waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Runner.RunAsync(TestIntegrations.Call(RunTask, Task), new CancellationToken(true)));

        await JobScripts.UntilAsync(() => !JobScripts.Runs(_workshop.Starts.Single()));
    }

    [Fact]
    public async Task ProgramKilledWithItsWrapper_FailsAndIsReported()
    {
        await using TestIntegrations integrations = _workshop.With("encode", "echo so far; " + JobScripts.Waiting);
        Task<TaskOutcome> run = integrations.RunAsync(RunTask, Task);
        await JobScripts.UntilAsync(() => _workshop.Starts.Length == 1);
        string wrapper = (await File.ReadAllTextAsync(Path.Combine(Directory.GetDirectories(_workshop.Jobs).Single(), "process"), Cancellation)).Split(' ')[0];

        System.Diagnostics.Process.GetProcessById(int.Parse(wrapper, System.Globalization.CultureInfo.InvariantCulture)).Kill();

        var rejected = Assert.IsType<TaskRejected>(await run);
        Assert.Contains("ended without a record of its exit: it was killed, or the machine was restarted: so far", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""echo '{"frames":9}' >"$STEPFLOW_RESULT_FILE"; exit 0""", """{"frames":9}""", null)]
    [InlineData("""echo '{"errorType":"Video.Broken","errorMessage":"no key frame"}' >"$STEPFLOW_RESULT_FILE"; exit 1""", "no key frame", "Video.Broken")]
    public async Task ResultFile_WhereTheProgramWritesOne_IsTheResult(string script, string expected, string? error)
    {
        await using TestIntegrations integrations = _workshop.With("encode", script);

        TaskOutcome outcome = await integrations.RunAsync(RunTask, Task);

        Assert.Equal(error is null ? new TaskCompleted(JsonValue.Parse(expected)) : new TaskRejected(error, expected), outcome);
    }
}

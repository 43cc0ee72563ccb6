using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Jobs;

/// <summary>Jobs of Azure Container Apps, through a server that plays Azure Resource Manager.</summary>
public sealed class ContainerAppsJobTests : IAsyncLifetime
{
    private const string Job = "/subscriptions/s/resourceGroups/g/providers/Microsoft.App/jobs/encode";
    private const string Described = """{"properties":{"template":{"containers":[{"name":"main","image":"i:1","args":["--fast"],"env":[{"name":"A","value":"1"},{"name":"B","secretRef":"b"}]},{"name":"side","image":"s"}]}}}""";
    private const string Arguments = """{"Job":"encode","Environment":{"A":"2"}}""";

    private ScriptedServer? _arm;

    private ScriptedServer Arm => _arm!;

    public async ValueTask InitializeAsync() => _arm = await ScriptedServer.StartAsync();

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Fact]
    public async Task Sync_JobRuns_IsStartedOnceAndWaitedFor()
    {
        Arm.On($"GET {Job}/executions", new ScriptedResponse(200, """{"value":[]}"""));
        Arm.On($"GET {Job}", new ScriptedResponse(200, Described));
        Arm.On($"POST {Job}/start", new ScriptedResponse(202, string.Empty, ("Location", "{url}/operations/1"), ("Retry-After", "0")));
        Arm.On("GET /operations/1", new(202, string.Empty, ("Retry-After", "0")), new(200, """{"name":"encode-1","id":"x"}"""));
        Arm.On($"GET {Job}/executions/encode-1", new(200, Execution("Running")), new(200, Execution("Succeeded")));
        await using TestIntegrations integrations = Create();

        JsonObject result = await integrations.CompleteAsync("azure:containerapps:startJob.sync", Arguments);

        Assert.Equal("""{"Id":"encode-1","Name":"encode","Status":"Succeeded","StartTime":"2026-01-01T00:00:00.000Z","EndTime":"2026-01-01T00:01:00.000Z"}""", result.ToString());
        var template = (JsonObject)JsonValue.Parse(Arm.Requests.Single(static request => request.Line.StartsWith("POST", StringComparison.Ordinal)).Body);
        var containers = (JsonArray)template["containers"]!;
        var main = (JsonObject)containers[0];
        Assert.Equal(("i:1", """["--fast"]""", 2), (main["image"], main["args"]!.ToString(), containers.Count));
        string environment = main["env"]!.ToString();
        Assert.Contains("""{"name":"B","secretRef":"b"}""", environment, StringComparison.Ordinal);
        Assert.Contains("""{"name":"A","value":"2"}""", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("""{"name":"A","value":"1"}""", environment, StringComparison.Ordinal);
        Assert.Contains("""{"name":"STEPFLOW_IDEMPOTENCY_KEY","value":"call-1"}""", environment, StringComparison.Ordinal);
        Assert.All(Arm.Authorizations, value => Assert.Equal($"Bearer token of {Arm.Url}/.default", value));
        Assert.All(Arm.Lines.Where(static line => line.Contains("/jobs/", StringComparison.Ordinal)), static line => Assert.EndsWith("?api-version=2024-03-01", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExecutionWithTheKey_IsFoundOnALaterPageAndNotStartedAgain()
    {
        Arm.On($"GET {Job}/executions", new ScriptedResponse(200, $$"""{"value":[{{Execution("Running", "other", "encode-9")}}],"nextLink":"{{Arm.Url}}/next"}"""));
        Arm.On("GET /next", new ScriptedResponse(200, $$"""{"value":[{{Execution("Running")}}]}"""));
        Arm.On($"GET {Job}/executions/encode-1", new ScriptedResponse(200, Execution("Failed")));
        await using TestIntegrations integrations = Create();

        TaskRejected rejected = await integrations.RejectAsync("azure:containerapps:startJob.sync", Arguments);

        Assert.Equal("ContainerApps.JobFailed", rejected.Error);
        Assert.Contains("The execution 'encode-1' of the Container Apps job ended as Failed", rejected.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain(Arm.Lines, static line => line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TaskCancelled_StopsTheExecution()
    {
        Arm.On($"GET {Job}/executions", new ScriptedResponse(200, $$"""{"value":[{{Execution("Running")}}]}"""));
        Arm.On($"GET {Job}/executions/encode-1", new ScriptedResponse(200, Execution("Running")));
        Arm.On($"POST {Job}/executions/encode-1/stop", new ScriptedResponse(202));
        await using TestIntegrations integrations = Create();
        using var giveUp = new CancellationTokenSource();
        TaskCall call = TestIntegrations.Call("azure:containerapps:startJob.sync", Arguments) with { Submitted = (_, _) => giveUp.CancelAsync() };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => integrations.Runner.RunAsync(call, giveUp.Token));

        Assert.Equal($"POST {Job}/executions/encode-1/stop?api-version=2024-03-01", Arm.Lines[^1]);
    }

    [Fact]
    public async Task AzureRefuses_IsTheTasksFailure()
    {
        Arm.On($"GET {Job}/executions", new ScriptedResponse(403, """{"error":{"code":"AuthorizationFailed","message":"no"}}"""));
        await using TestIntegrations integrations = Create();

        TaskRejected rejected = await integrations.RejectAsync("azure:containerapps:startJob", Arguments);

        Assert.Equal("States.TaskFailed", rejected.Error);
        Assert.Contains("AuthorizationFailed", rejected.Cause, StringComparison.Ordinal);
    }

    private static string Execution(string status, string key = "call-1", string name = "encode-1") => $$"""
        {"name":"{{name}}","properties":{"status":"{{status}}","startTime":"2026-01-01T00:00:00Z","endTime":"2026-01-01T00:01:00Z",
         "template":{"containers":[{"name":"main","env":[{"name":"STEPFLOW_IDEMPOTENCY_KEY","value":"{{key}}"}]}] } } }
        """;

    private TestIntegrations Create() => new(
        [("Azure:ManagementUrl", Arm.Url), ("Jobs:encode:ContainerAppsJob", Job)],
        static services => services.AddSingleton<TokenCredential, FakeCredential>());
}

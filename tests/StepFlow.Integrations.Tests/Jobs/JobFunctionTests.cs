using System.Text;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Integrations.Tests.Jobs;

/// <summary>Functions that a job of Azure Container Apps runs: the host polls, and the result is a blob that the job's program writes.</summary>
public sealed class JobFunctionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Job = "/subscriptions/s/resourceGroups/g/providers/Microsoft.App/jobs/encode";
    private const string Described = """{"properties":{"template":{"containers":[{"name":"main","image":"i:1"}]}}}""";

    // The emulator is shared, and a blob is named after the key.
    private readonly string _key = Guid.NewGuid().ToString("N");
    private ScriptedServer? _arm;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScriptedServer Arm => _arm!;

    public async ValueTask InitializeAsync() => _arm = await ScriptedServer.StartAsync();

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Fact]
    public async Task Call_WhereTheHostPolls_IsPendingUntilTheJobEndsAndReturnsItsResult()
    {
        Start();
        Arm.On($"GET {Job}/executions/encode-1", new(200, Execution("Running")), new(200, Execution("Succeeded")));
        await using TestIntegrations integrations = Create();

        TaskPending first = Assert.IsType<TaskPending>(await RunAsync(integrations, Call()));
        TaskPending second = Assert.IsType<TaskPending>(await RunAsync(integrations, Call() with { JobReference = first.Reference }));
        JsonObject environment = Environment();
        Assert.Null(await ProgramAsync(integrations, environment));
        TaskCall last = Call() with { JobReference = second.Reference };

        // A call is repeated where its outcome was lost: it has the same result.
        foreach (TaskOutcome outcome in (TaskOutcome[])[await RunAsync(integrations, last), await RunAsync(integrations, last)])
        {
            var output = (JsonObject)Assert.IsType<TaskCompleted>(outcome).Output;
            Assert.Equal("""{"doubled":42}""", output["Payload"]!.ToString());
        }

        Assert.Equal(("double", """{"n":21}"""), (environment.RequiredText(JobVariables.Function), environment.RequiredText(JobVariables.Input)));
        Assert.Single(Arm.Lines, static line => line.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Payload_TooLongForAVariable_IsABlob()
    {
        Start();
        await using TestIntegrations integrations = Create();

        await RunAsync(integrations, Call($$"""{"n":1,"text":"{{new string('x', 100_000)}}"}"""));

        JsonObject environment = Environment();
        Assert.Equal("{}", environment.RequiredText(JobVariables.Input));
        Assert.Null(await ProgramAsync(integrations, environment));
        Assert.Equal("""{"doubled":2}""", await BlobAsync(environment.RequiredText(JobVariables.ResultBlob)));
    }

    [Fact]
    public async Task Function_ThatFailsInItsJob_FailsTheTaskAsItself()
    {
        Start();
        Arm.On($"GET {Job}/executions/encode-1", new ScriptedResponse(200, Execution("Failed")));
        await using TestIntegrations integrations = Create();
        TaskPending pending = Assert.IsType<TaskPending>(await RunAsync(integrations, Call("""{"n":-1}""")));
        FunctionFailed? failed = await ProgramAsync(integrations, Environment());

        TaskRejected rejected = Assert.IsType<TaskRejected>(await RunAsync(integrations, Call() with { JobReference = pending.Reference }));

        Assert.Equal("ArgumentOutOfRangeException", failed?.ErrorType);
        Assert.Equal("ArgumentOutOfRangeException", rejected.Error);
        Assert.Contains("n is negative", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatEndsWithoutAResult_FailsTheTaskWithItsReason()
    {
        Start();
        Arm.On($"GET {Job}/executions/encode-1", new ScriptedResponse(200, Execution("Failed")));
        await using TestIntegrations integrations = Create();
        TaskPending pending = Assert.IsType<TaskPending>(await RunAsync(integrations, Call()));

        TaskRejected rejected = Assert.IsType<TaskRejected>(await RunAsync(integrations, Call() with { JobReference = pending.Reference }));

        Assert.Equal("Runtime.ExitError", rejected.Error);
        Assert.Contains("The job 'encode' ended without a result: The execution 'encode-1' of the Container Apps job ended as Failed", rejected.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_ThatNobodyWaitsFor_StopsTheJob()
    {
        Arm.On($"GET {Job}/executions", new ScriptedResponse(200, $$"""{"value":[{{Execution("Running")}}]}"""));
        Arm.On($"POST {Job}/executions/encode-1/stop", new ScriptedResponse(202));
        await using TestIntegrations integrations = Create();

        await RunAsync(integrations, Call() with { JobReference = JsonObject.Create(("id", "encode-1")), StopsJob = true });

        Assert.Equal($"POST {Job}/executions/encode-1/stop?api-version=2024-03-01", Arm.Lines[^1]);
    }

    [Fact]
    public async Task Azure_ThatDoesNotRespond_IsAnOutageAndNoFailure()
    {
        Arm.On($"GET {Job}/executions/encode-1", new ScriptedResponse(503));
        await using TestIntegrations integrations = Create();

        await Assert.ThrowsAsync<TaskOutageException>(() => RunAsync(integrations, Call() with { JobReference = JsonObject.Create(("id", "encode-1")) }));
    }

    private void Start()
    {
        Arm.On($"GET {Job}/executions", new ScriptedResponse(200, """{"value":[]}"""));
        Arm.On($"GET {Job}", new ScriptedResponse(200, Described));
        Arm.On($"POST {Job}/start", new ScriptedResponse(200, """{"name":"encode-1","id":"x"}"""));
    }

    private TaskCall Call(string payload = """{"n":21}""") =>
        TestIntegrations.Call("lambda:invoke", $$"""{"FunctionName":"double","Payload":{{payload}}}""", _key) with { PollsJobs = true };

    private static Task<TaskOutcome> RunAsync(TestIntegrations integrations, TaskCall call) => integrations.Runner.RunAsync(call, Cancellation);

    /// <summary>The environment that the job was started with.</summary>
    private JsonObject Environment()
    {
        var template = (JsonObject)JsonValue.Parse(Arm.Requests.Single(static request => request.Line.StartsWith("POST", StringComparison.Ordinal)).Body);
        var main = (JsonObject)((JsonArray)template["containers"]!)[0];
        var variables = new JsonObjectBuilder();
        foreach (JsonObject pair in ((JsonArray)main["env"]!).Cast<JsonObject>())
        {
            variables.Set(pair.RequiredText("name"), pair["value"]!);
        }

        return variables.Build();
    }

    /// <summary>What the job's program does.</summary>
    private static Task<FunctionFailed?> ProgramAsync(TestIntegrations integrations, JsonObject environment) =>
        integrations.Get<FunctionProgram>().RunAsync(null, environment.Text, TextReader.Null, TextWriter.Null, Cancellation);

    private async Task<string> BlobAsync(string path)
    {
        string[] parts = path.Split('/', 2);
        return Encoding.UTF8.GetString((await new BlobContainerClient(azurite.ConnectionString, parts[0]).GetBlobClient(parts[1]).DownloadContentAsync(Cancellation)).Value.Content);
    }

    private string Execution(string status) => $$"""
        {"name":"encode-1","properties":{"status":"{{status}}","template":{"containers":[{"name":"main","env":[{"name":"STEPFLOW_IDEMPOTENCY_KEY","value":"{{_key}}"}]}] } } }
        """;

    private TestIntegrations Create() => new(
        [("Azure:ManagementUrl", Arm.Url), ("Jobs:encode:ContainerAppsJob", Job), ("Functions:double:Job", "encode"), ("Storage:ConnectionString", azurite.ConnectionString)],
        static services => services.AddSingleton<TokenCredential, FakeCredential>().AddSingleton<IFunctionHandler, Double>());

    private sealed class Double : IFunctionHandler
    {
        public string Name => "double";

        public Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken)
        {
            ((JsonNumber)((JsonObject)call.Payload)["n"]!).TryGetInt64(out long n);
            return n < 0 ? throw new ArgumentOutOfRangeException(null, "n is negative") : Task.FromResult<FunctionResult>(new FunctionSucceeded(JsonObject.Create(("doubled", n * 2))));
        }
    }
}

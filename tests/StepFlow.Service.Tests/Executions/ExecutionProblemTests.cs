using System.Net;
using StepFlow.Language.Json;
using StepFlow.Runtime.Problems;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Executions;

/// <summary>Why an execution does not continue: REST shows it and tries again; AWS clients see nothing that their model does not know.</summary>
public sealed class ExecutionProblemTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Described_ByRest_ShowsWhyItDoesNotContinue()
    {
        var problems = new ScriptedProblems();
        await using TestServer server = await TestServer.StartAsync(test: new(problems: problems));
        string arn = await StartAsync(server, problems);

        JsonObject described = await GetAsync(server, "/api/statemachines/m/executions/e");
        JsonObject listed = await GetAsync(server, "/api/problems");

        Assert.Equal(
            """{"kind":"SUSPENDED","reason":"Its snapshot is damaged.","failedAttempts":3,"firstFailureDate":"2026-01-01T00:00:00.000Z","nextAttemptDate":"2026-01-01T00:01:00.000Z"}""",
            Assert.Single((JsonArray)described["problems"]!).ToString());
        var all = (JsonObject)Assert.Single((JsonArray)listed["problems"]!);
        Assert.Equal((arn, "SUSPENDED"), (TestService.Text(all, "executionArn"), TestService.Text(all, "kind")));
    }

    [Fact]
    public async Task Described_ByAws_KeepsToTheModel()
    {
        var problems = new ScriptedProblems();
        await using TestServer server = await TestServer.StartAsync(test: new(problems: problems));
        string arn = await StartAsync(server, problems);

        JsonObject described = await server.Test.CallAsync("DescribeExecution", ("executionArn", arn));

        Assert.Empty(ResponseChecker.Check("DescribeExecution", described));
        Assert.Equal("RUNNING", TestService.Text(described, "status"));
        Assert.Equal(
            "Execution is RUNNING and cannot be redriven. It is suspended: Its snapshot is damaged.", TestService.Text(described, "redriveStatusReason"));
        foreach (string operation in (string[])["RetryExecution", "ListExecutionProblems"])
        {
            Assert.DoesNotContain(operation, server.Test.Service.Operations);
            Assert.Equal("UnknownOperationException", (await server.Test.RefuseAsync(operation, ("executionArn", arn))).Code);
        }
    }

    [Fact]
    public async Task Retried_ByRest_ShowsWhatIsLeft()
    {
        var problems = new ScriptedProblems();
        await using TestServer server = await TestServer.StartAsync(test: new(problems: problems));
        string arn = await StartAsync(server, problems);

        JsonObject retried = await PostAsync(server, "/api/statemachines/m/executions/e/retry", HttpStatusCode.OK);
        JsonObject again = await PostAsync(server, "/api/statemachines/m/executions/e/retry", HttpStatusCode.OK);
        await server.Test.CallAsync("StopExecution", ("executionArn", arn));
        JsonObject refused = await PostAsync(server, "/api/statemachines/m/executions/e/retry", HttpStatusCode.Conflict);

        Assert.Equal("""{"retried":true,"problems":[]}""", retried.ToString());
        Assert.Equal("""{"retried":false,"problems":[]}""", again.ToString());
        Assert.Equal("The execution is ABORTED: there is nothing to try again. To continue an execution that failed, use RedriveExecution.", TestService.Text(refused, "message"));
    }

    private static async Task<string> StartAsync(TestServer server, ScriptedProblems problems)
    {
        string machine = await server.Test.CreateAsync("m", TestService.WaitDefinition);
        string arn = TestService.Text(await server.Test.CallAsync("StartExecution", ("stateMachineArn", machine), ("name", "e")), "executionArn");
        problems.Registry.Set(new()
        {
            ExecutionArn = arn,
            Kind = ExecutionProblemKind.Suspended,
            Reason = "Its snapshot is damaged.",
            FailedAttempts = 3,
            Since = Since,
            NextAttempt = Since.AddMinutes(1),
        });
        return arn;
    }

    private static async Task<JsonObject> GetAsync(TestServer server, string path)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return (JsonObject)JsonValue.Parse(await client.GetByteArrayAsync(path, Cancellation));
    }

    private static async Task<JsonObject> PostAsync(TestServer server, string path, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri(path, UriKind.Relative), body, Cancellation);
        Assert.Equal(expected, response.StatusCode);
        return (JsonObject)JsonValue.Parse(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    /// <summary>Problems that a retry mends.</summary>
    private sealed class ScriptedProblems : IExecutionProblems
    {
        public ProblemRegistry Registry { get; } = new();

        public Task<IReadOnlyList<ExecutionProblem>> FindAsync(string executionArn, CancellationToken cancellationToken) => Task.FromResult(Registry.Of(executionArn));

        public Task<IReadOnlyList<ExecutionProblem>> ListAsync(int count, CancellationToken cancellationToken) => Task.FromResult(Registry.All(count));

        public Task<bool> RetryAsync(string executionArn, CancellationToken cancellationToken) => Task.FromResult(Registry.Clear(executionArn, null));
    }
}

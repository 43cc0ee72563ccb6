using System.Text;
using StepFlow.Language.Json;
using StepFlow.Service.Access;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Tests.Model;
using StepFlow.Testing;

namespace StepFlow.Service.Tests.Clients;

/// <summary>aws-cli drives every operation, signed.</summary>
public sealed class AwsCliTests
{
    private const string Redrivable = """
        {"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"fail-once","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}
        """;

    private const string Distributed = """
        {"StartAt":"Map","States":{"Map":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":1,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":3600,"End":true}}},"End":true}}}
        """;

    [Fact]
    public async Task EverySubcommand_CalledOnce_IsServed()
    {
        await using TestServer server = await TestServer.StartAsync(new([new() { Id = ClientProcess.KeyId, Secret = ClientProcess.Secret }]));
        await StateMachinesAsync(server);
        await ExecutionsAsync(server);
        await ActivitiesAsync(server);
        await MapRunsAsync(server);

        Assert.Empty(server.Problems);
        Assert.Empty(ApiModel.Load().OperationNames.Except(server.Called));
    }

    [Fact]
    public async Task Error_OfTheService_IsTheClientsException()
    {
        await using TestServer server = await TestServer.StartAsync();

        (int exit, _, string error) = await ClientProcess.RunAsync(
            server.Address,
            "aws",
            ["--endpoint-url", server.Address.ToString(), "stepfunctions", "describe-state-machine", "--state-machine-arn", "arn:aws:states:us-east-1:123456789012:stateMachine:none"],
            TestContext.Current.CancellationToken);

        Assert.NotEqual(0, exit);
        Assert.Contains("An error occurred (StateMachineDoesNotExist) when calling the DescribeStateMachine operation: State Machine Does Not Exist: 'arn:aws:states:us-east-1:123456789012:stateMachine:none'", error, StringComparison.Ordinal);
    }

    private static async Task StateMachinesAsync(TestServer server)
    {
        JsonObject created = await AwsAsync(server, "create-state-machine", "--name", "cli", "--definition", TestService.PassDefinition, "--role-arn", TestService.Role, "--publish");
        string arn = TestService.Text(created, "stateMachineArn");
        string version = TestService.Text(created, "stateMachineVersionArn");
        await AwsAsync(server, "update-state-machine", "--state-machine-arn", arn, "--role-arn", TestService.Role + "2");
        await AwsAsync(server, "publish-state-machine-version", "--state-machine-arn", arn, "--description", "two");
        JsonObject versions = await AwsAsync(server, "list-state-machine-versions", "--state-machine-arn", arn);
        Assert.Equal(2, ((JsonArray)versions["stateMachineVersions"]!).Count);
        JsonObject alias = await AwsAsync(server, "create-state-machine-alias", "--name", "live", "--routing-configuration", $"stateMachineVersionArn={version},weight=100");
        string aliasArn = TestService.Text(alias, "stateMachineAliasArn");
        await AwsAsync(server, "update-state-machine-alias", "--state-machine-alias-arn", aliasArn, "--description", "live");
        await AwsAsync(server, "describe-state-machine-alias", "--state-machine-alias-arn", aliasArn);
        await AwsAsync(server, "list-state-machine-aliases", "--state-machine-arn", arn);
        await AwsAsync(server, "delete-state-machine-alias", "--state-machine-alias-arn", aliasArn);
        await AwsAsync(server, "delete-state-machine-version", "--state-machine-version-arn", version);
        await AwsAsync(server, "tag-resource", "--resource-arn", arn, "--tags", "key=team,value=video");
        JsonObject tags = await AwsAsync(server, "list-tags-for-resource", "--resource-arn", arn);
        Assert.Equal("[{\"key\":\"team\",\"value\":\"video\"}]", tags["tags"]!.ToString());
        await AwsAsync(server, "untag-resource", "--resource-arn", arn, "--tag-keys", "team");
        await AwsAsync(server, "describe-state-machine", "--state-machine-arn", arn);
        await AwsAsync(server, "list-state-machines");
        await AwsAsync(server, "validate-state-machine-definition", "--definition", TestService.PassDefinition);
        JsonObject tested = await AwsAsync(server, "test-state", "--definition", """{"Type":"Pass","Result":1,"End":true}""", "--inspection-level", "DEBUG");
        Assert.Equal("SUCCEEDED", TestService.Text(tested, "status"));
        await AwsAsync(server, "delete-state-machine", "--state-machine-arn", arn);
    }

    private static async Task ExecutionsAsync(TestServer server)
    {
        string arn = TestService.Text(await AwsAsync(server, "create-state-machine", "--name", "work", "--definition", Redrivable, "--role-arn", TestService.Role), "stateMachineArn");
        string execution = TestService.Text(await AwsAsync(server, "start-execution", "--state-machine-arn", arn, "--input", "{\"n\":1}"), "executionArn");
        await server.Test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        JsonObject failed = await AwsAsync(server, "describe-execution", "--execution-arn", execution);
        Assert.Equal("FAILED", TestService.Text(failed, "status"));
        Assert.Equal("REDRIVABLE", TestService.Text(failed, "redriveStatus"));
        await AwsAsync(server, "redrive-execution", "--execution-arn", execution);
        await server.Test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);
        JsonObject redriven = await AwsAsync(server, "describe-execution", "--execution-arn", execution);
        Assert.Equal("SUCCEEDED", TestService.Text(redriven, "status"));
        JsonObject history = await AwsAsync(server, "get-execution-history", "--execution-arn", execution, "--max-items", "100");
        Assert.Contains("ExecutionRedriven", history.ToString(), StringComparison.Ordinal);
        await AwsAsync(server, "describe-state-machine-for-execution", "--execution-arn", execution);
        await AwsAsync(server, "list-executions", "--state-machine-arn", arn, "--redrive-filter", "REDRIVEN");

        string waiting = TestService.Text(await AwsAsync(server, "create-state-machine", "--name", "waiting", "--definition", TestService.WaitDefinition, "--role-arn", TestService.Role), "stateMachineArn");
        string stopped = TestService.Text(await AwsAsync(server, "start-execution", "--state-machine-arn", waiting), "executionArn");
        await AwsAsync(server, "stop-execution", "--execution-arn", stopped, "--error", "Stopped", "--cause", "by hand");

        string express = TestService.Text(await AwsAsync(server, "create-state-machine", "--name", "express", "--type", "EXPRESS", "--definition", TestService.PassDefinition, "--role-arn", TestService.Role), "stateMachineArn");
        JsonObject ended = await AwsAsync(server, "start-sync-execution", "--state-machine-arn", express, "--input", "{\"a\":true}");
        Assert.Equal("{\"a\":true}", TestService.Text(ended, "output"));
    }

    private static async Task ActivitiesAsync(TestServer server)
    {
        string activity = TestService.Text(await AwsAsync(server, "create-activity", "--name", "people"), "activityArn");
        await AwsAsync(server, "describe-activity", "--activity-arn", activity);
        await AwsAsync(server, "list-activities");
        string definition = "{\"StartAt\":\"Ask\",\"States\":{\"Ask\":{\"Type\":\"Task\",\"Resource\":\"" + activity + "\",\"HeartbeatSeconds\":600,\"End\":true}}}";
        string machine = TestService.Text(await AwsAsync(server, "create-state-machine", "--name", "asking", "--definition", definition, "--role-arn", TestService.Role), "stateMachineArn");
        string first = TestService.Text(await AwsAsync(server, "start-execution", "--state-machine-arn", machine, "--input", "\"?\""), "executionArn");
        JsonObject task = await AwsAsync(server, "get-activity-task", "--activity-arn", activity, "--worker-name", "cli");
        Assert.Equal("\"?\"", TestService.Text(task, "input"));
        await AwsAsync(server, "send-task-heartbeat", "--task-token", TestService.Text(task, "taskToken"));
        await AwsAsync(server, "send-task-success", "--task-token", TestService.Text(task, "taskToken"), "--task-output", "\"!\"");
        Assert.Equal("\"!\"", (await server.Test.Host.WaitAsync(first, TestContext.Current.CancellationToken))!.Output!.ToString());

        string second = TestService.Text(await AwsAsync(server, "start-execution", "--state-machine-arn", machine), "executionArn");
        task = await AwsAsync(server, "get-activity-task", "--activity-arn", activity);
        await AwsAsync(server, "send-task-failure", "--task-token", TestService.Text(task, "taskToken"), "--error", "No", "--cause", "because");
        Assert.Equal("No", (await server.Test.Host.WaitAsync(second, TestContext.Current.CancellationToken))!.Error);
        await AwsAsync(server, "delete-activity", "--activity-arn", activity);
    }

    private static async Task MapRunsAsync(TestServer server)
    {
        string machine = TestService.Text(await AwsAsync(server, "create-state-machine", "--name", "many", "--definition", Distributed, "--role-arn", TestService.Role), "stateMachineArn");
        string execution = TestService.Text(await AwsAsync(server, "start-execution", "--state-machine-arn", machine, "--input", "{\"items\":[1,2,3]}"), "executionArn");
        JsonObject runs = await AwsAsync(server, "list-map-runs", "--execution-arn", execution);
        string run = TestService.Text((JsonObject)((JsonArray)runs["mapRuns"]!)[0], "mapRunArn");
        await AwsAsync(server, "update-map-run", "--map-run-arn", run, "--max-concurrency", "2");
        JsonObject described = await AwsAsync(server, "describe-map-run", "--map-run-arn", run);
        Assert.Equal(2, ((JsonNumber)described["maxConcurrency"]!).ToDouble());
        await AwsAsync(server, "list-executions", "--map-run-arn", run);
        await AwsAsync(server, "stop-execution", "--execution-arn", execution);
    }

    private static async Task<JsonObject> AwsAsync(TestServer server, params string[] arguments)
    {
        (int exit, string output, string error) = await ClientProcess.RunAsync(
            server.Address,
            "aws",
            ["--endpoint-url", server.Address.ToString(), "--output", "json", "stepfunctions", .. arguments],
            TestContext.Current.CancellationToken);
        Assert.True(exit == 0, $"aws stepfunctions {string.Join(' ', arguments)}: {error}");
        return string.IsNullOrWhiteSpace(output) ? JsonObject.Empty : (JsonObject)JsonValue.Parse(Encoding.UTF8.GetBytes(output.Trim()));
    }
}

using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Requests;

/// <summary>Requests with a value of another kind somewhere: refused in the API's own terms, never an internal failure.</summary>
public sealed class DamagedRequestTests
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    private const string Execution = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    private const string MapDefinition = """{"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}""";
    private const string Routes = $$"""[{"stateMachineVersionArn":"{{Machine}}:1","weight":100}]""";

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1.5", "1e30", "\"\"", "\"x\"", "[]", "{}", "[null]", "[1]", "[[]]", "[{}]", "[{\"key\":null}]", "{\"a\":null}", "{\"level\":1}", "{\"enabled\":\"x\"}", "{\"type\":7}",
    ];

    /// <summary>A whole request of each operation.</summary>
    private static readonly Dictionary<string, string> Requests = new()
    {
        ["CreateActivity"] = """{"name":"b","tags":[{"key":"k","value":"v"}],"encryptionConfiguration":{"type":"AWS_OWNED_KEY"}}""",
        ["CreateStateMachine"] = $$$$"""{"name":"n","definition":{{{{Quote(TestService.PassDefinition)}}}},"roleArn":"{{{{TestService.Role}}}}","type":"STANDARD","loggingConfiguration":{"level":"ALL","includeExecutionData":true,"destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:us-east-1:1:log-group:g:*"}}]},"tags":[{"key":"k","value":"v"}],"tracingConfiguration":{"enabled":true},"publish":true,"versionDescription":"d","encryptionConfiguration":{"type":"AWS_OWNED_KEY"}}""",
        ["CreateStateMachineAlias"] = $$"""{"name":"other","description":"d","routingConfiguration":{{Routes}}}""",
        ["DeleteActivity"] = """{"activityArn":"arn:aws:states:us-east-1:123456789012:activity:a"}""",
        ["DeleteStateMachine"] = $$"""{"stateMachineArn":"{{Machine}}"}""",
        ["DeleteStateMachineAlias"] = $$"""{"stateMachineAliasArn":"{{Machine}}:live"}""",
        ["DeleteStateMachineVersion"] = $$"""{"stateMachineVersionArn":"{{Machine}}:1"}""",
        ["DescribeActivity"] = """{"activityArn":"arn:aws:states:us-east-1:123456789012:activity:a"}""",
        ["DescribeExecution"] = $$"""{"executionArn":"{{Execution}}","includedData":"ALL_DATA"}""",
        ["DescribeMapRun"] = """{"mapRunArn":"arn:aws:states:us-east-1:123456789012:mapRun:m/l:r"}""",
        ["DescribeStateMachine"] = $$"""{"stateMachineArn":"{{Machine}}","includedData":"METADATA_ONLY"}""",
        ["DescribeStateMachineAlias"] = $$"""{"stateMachineAliasArn":"{{Machine}}:live"}""",
        ["DescribeStateMachineForExecution"] = $$"""{"executionArn":"{{Execution}}","includedData":"ALL_DATA"}""",
        ["GetExecutionHistory"] = $$"""{"executionArn":"{{Execution}}","maxResults":10,"reverseOrder":true,"nextToken":"t","includeExecutionData":true}""",
        ["ListActivities"] = """{"maxResults":10,"nextToken":"t"}""",
        ["ListExecutions"] = $$"""{"stateMachineArn":"{{Machine}}","statusFilter":"RUNNING","maxResults":10,"nextToken":"t","redriveFilter":"REDRIVEN"}""",
        ["ListMapRuns"] = $$"""{"executionArn":"{{Execution}}","maxResults":10,"nextToken":"t"}""",
        ["ListStateMachineAliases"] = $$"""{"stateMachineArn":"{{Machine}}","maxResults":10,"nextToken":"t"}""",
        ["ListStateMachineVersions"] = $$"""{"stateMachineArn":"{{Machine}}","maxResults":10,"nextToken":"t"}""",
        ["ListStateMachines"] = """{"maxResults":10,"nextToken":"t"}""",
        ["ListTagsForResource"] = $$"""{"resourceArn":"{{Machine}}"}""",
        ["PublishStateMachineVersion"] = $$"""{"stateMachineArn":"{{Machine}}","revisionId":"r","description":"d"}""",
        ["RedriveExecution"] = $$"""{"executionArn":"{{Execution}}","clientToken":"t"}""",
        ["SendTaskFailure"] = """{"taskToken":"t","error":"e","cause":"c"}""",
        ["SendTaskHeartbeat"] = """{"taskToken":"t"}""",
        ["SendTaskSuccess"] = """{"taskToken":"t","output":"{}"}""",
        ["StartExecution"] = $$"""{"stateMachineArn":"{{Machine}}","name":"f","input":"{}","traceHeader":"h"}""",
        ["StartSyncExecution"] = """{"stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:x","name":"f","input":"{}","traceHeader":"h","includedData":"ALL_DATA"}""",
        ["StopExecution"] = $$"""{"executionArn":"{{Execution}}","error":"e","cause":"c"}""",
        ["TagResource"] = $$"""{"resourceArn":"{{Machine}}","tags":[{"key":"k","value":"v"}]}""",
        ["TestState"] = $$$$"""{"definition":{{{{Quote(MapDefinition)}}}},"roleArn":"{{{{TestService.Role}}}}","input":"[1]","inspectionLevel":"TRACE","revealSecrets":false,"variables":"{}","stateName":"M","mock":{"result":"[1]","errorOutput":{"error":"e","cause":"c"},"fieldValidationMode":"NONE"},"context":"{}","stateConfiguration":{"retrierRetryCount":1,"errorCausedByState":"M","mapIterationFailureCount":1,"mapItemReaderData":"[1]"}}""",
        ["UntagResource"] = $$"""{"resourceArn":"{{Machine}}","tagKeys":["k"]}""",
        ["UpdateMapRun"] = """{"mapRunArn":"arn:aws:states:us-east-1:123456789012:mapRun:m/l:r","maxConcurrency":1,"toleratedFailurePercentage":1.5,"toleratedFailureCount":1}""",
        ["UpdateStateMachine"] = $$$$"""{"stateMachineArn":"{{{{Machine}}}}","definition":{{{{Quote(TestService.PassDefinition)}}}},"roleArn":"{{{{TestService.Role}}}}","loggingConfiguration":{"level":"OFF"},"tracingConfiguration":{"enabled":true},"publish":true,"versionDescription":"d","encryptionConfiguration":{"type":"AWS_OWNED_KEY","kmsKeyId":"k","kmsDataKeyReusePeriodSeconds":60}}""",
        ["UpdateStateMachineAlias"] = $$"""{"stateMachineAliasArn":"{{Machine}}:live","description":"d","routingConfiguration":{{Routes}}}""",
        ["ValidateStateMachineDefinition"] = $$"""{"definition":{{Quote(TestService.PassDefinition)}},"type":"STANDARD","severity":"WARNING","maxResults":10}""",
    };

    private readonly TestService _test = new();

    public static TheoryData<string> Operations => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task AnyOperation_OneValueOfAnotherKind_RespondsAsInTheApiModel(string operation)
    {
        JsonObject created = await _test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("publish", true));
        await _test.CallAsync("CreateStateMachineAlias", ("name", "live"), ("routingConfiguration", JsonValue.Parse(Routes)));
        await _test.CreateAsync("x", type: "EXPRESS");
        await _test.CallAsync("StartExecution", ("stateMachineArn", created["stateMachineArn"]!), ("name", "e"));

        foreach (JsonObject damaged in Values.SelectMany(value => Damage(JsonValue.Parse(Requests[operation]), JsonValue.Parse(value))).OfType<JsonObject>())
        {
            ApiResult result = await _test.Service.InvokeAsync(operation, damaged, CallerContext.Internal, TestContext.Current.CancellationToken);
            IReadOnlyList<string> problems = result.IsSuccess
                ? ResponseChecker.Check(operation, result.Response)
                : ResponseChecker.CheckError(operation, JsonObject.Create(("__type", result.Error.Code)));

            Assert.True(problems.Count == 0, $"{damaged}: {string.Join(", ", problems)} {result.Error?.Message}");
        }
    }

    [Fact]
    public void AnyOperation_IsTestedHere() =>
        Assert.Equal(["GetActivityTask"], ApiModel.Load().OperationNames.Except(Requests.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Alias_RouteThatIsNull_IsRefused()
    {
        (string code, string message) = await _test.RefuseAsync("CreateStateMachineAlias", ("name", "a"), ("routingConfiguration", JsonArray.Create(JsonValue.Null)));

        Assert.Equal(ErrorCodes.Validation, code);
        Assert.Contains("routingConfiguration.1.member", message, StringComparison.Ordinal);
    }

    /// <summary>The value with another in the place of each part of it.</summary>
    private static IEnumerable<JsonValue> Damage(JsonValue value, JsonValue other)
    {
        yield return other;
        if (value is JsonObject structure)
        {
            foreach ((string name, JsonValue member) in structure)
            {
                foreach (JsonValue damaged in Damage(member, other))
                {
                    yield return structure.With(name, damaged);
                }
            }
        }
        else if (value is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                foreach (JsonValue damaged in Damage(list[i], other))
                {
                    yield return JsonArray.From(list.Select((item, at) => at == i ? damaged : item));
                }
            }
        }
    }

    private static string Quote(string text) => new JsonString(text).ToString();
}

using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;
using StepFlow.Service.Tests.Model;

namespace StepFlow.Service.Tests.Arns;

/// <summary>What an ARN of each kind means for each operation that takes one.</summary>
public sealed class QualifiedArnTests
{
    private const string Machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
    private const string Version = Machine + ":1";
    private const string Alias = Machine + ":live";
    private const string NoVersion = Machine + ":99";
    private const string NoAlias = Machine + ":none";
    private const string Label = Machine + "/Label";
    private const string NoMachine = "arn:aws:states:us-east-1:123456789012:stateMachine:none";

    /// <summary>The member of each operation's request that is an ARN, and what else the request needs.</summary>
    private static readonly (string Operation, string Member, (string, JsonValue)[] Others)[] Calls =
    [
        ("DeleteActivity", "activityArn", []),
        ("DeleteStateMachine", "stateMachineArn", []),
        ("DeleteStateMachineAlias", "stateMachineAliasArn", []),
        ("DeleteStateMachineVersion", "stateMachineVersionArn", []),
        ("DescribeActivity", "activityArn", []),
        ("DescribeExecution", "executionArn", []),
        ("DescribeMapRun", "mapRunArn", []),
        ("DescribeStateMachine", "stateMachineArn", []),
        ("DescribeStateMachineAlias", "stateMachineAliasArn", []),
        ("DescribeStateMachineForExecution", "executionArn", []),
        ("GetExecutionHistory", "executionArn", []),
        ("ListExecutions", "stateMachineArn", []),
        ("ListExecutions", "mapRunArn", []),
        ("ListMapRuns", "executionArn", []),
        ("ListStateMachineAliases", "stateMachineArn", []),
        ("ListStateMachineVersions", "stateMachineArn", []),
        ("ListTagsForResource", "resourceArn", []),
        ("PublishStateMachineVersion", "stateMachineArn", []),
        ("RedriveExecution", "executionArn", []),
        ("StartExecution", "stateMachineArn", []),
        ("StopExecution", "executionArn", []),
        ("TagResource", "resourceArn", [("tags", JsonArray.Create(JsonObject.Create(("key", "k"), ("value", "v"))))]),
        ("UntagResource", "resourceArn", [("tagKeys", JsonArray.Create("k"))]),
        ("UpdateMapRun", "mapRunArn", [("maxConcurrency", 5)]),
        ("UpdateStateMachine", "stateMachineArn", [("definition", TestService.WaitDefinition)]),
        ("UpdateStateMachineAlias", "stateMachineAliasArn", [("description", "new")]),
    ];

    private static readonly string[] Arns =
    [
        "no arn", "arn:aws:states:us-east-1:123456789012", "arn:aws:s3:::bucket", "arn:aws:states:us-east-1:123456789012:stateMachine:", "arn:aws:states:us-east-1:123456789012:other:m",
        Machine, Version, Alias, NoVersion, NoAlias, Label, Machine + ":" + new string('9', 30), Machine + ":", Machine + "/", Machine + ":1:2", NoMachine, NoMachine + ":1", NoMachine + "/Label",
        "arn:aws:states:eu-west-1:123456789012:stateMachine:m", "arn:aws:states:us-east-1:000000000000:stateMachine:m:1",
        "arn:aws:states:us-east-1:123456789012:execution:m:e", "arn:aws:states:us-east-1:123456789012:execution:m:none", "arn:aws:states:us-east-1:123456789012:execution:m/Label:e",
        "arn:aws:states:us-east-1:123456789012:execution:m", "arn:aws:states:us-east-1:123456789012:express:x:e:1",
        "arn:aws:states:us-east-1:123456789012:activity:a", "arn:aws:states:us-east-1:123456789012:activity:none", "arn:aws:states:us-east-1:123456789012:activity:a:1",
        "arn:aws:states:us-east-1:123456789012:mapRun:m/Label:run", "arn:aws:states:us-east-1:123456789012:mapRun:m",
        "arn:aws:states:us-east-1:123456789012:stateMachine:x",
    ];

    public static TheoryData<string, string> Operations => [.. Calls.Select(call => (call.Operation, call.Member))];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task AnyOperation_AnyKindOfArn_RespondsAsInTheApiModel(string operation, string member)
    {
        (string, JsonValue)[] others = Calls.First(call => call.Operation == operation && call.Member == member).Others;
        foreach (string arn in Arns)
        {
            TestService test = await WithMachineAsync();
            ApiResult result = await test.Service.InvokeAsync(
                operation, JsonObject.Create([(member, arn), .. others]), CallerContext.Internal, TestContext.Current.CancellationToken);

            IReadOnlyList<string> problems = result.IsSuccess
                ? ResponseChecker.Check(operation, result.Response)
                : ResponseChecker.CheckError(operation, JsonObject.Create(("__type", result.Error.Code)));
            Assert.True(problems.Count == 0, $"{operation} of {arn}: {string.Join(", ", problems)}");
        }
    }

    [Theory]
    [InlineData("DeleteStateMachine", Version, ErrorCodes.InvalidArn)]
    [InlineData("DeleteStateMachine", NoVersion, ErrorCodes.InvalidArn)]
    [InlineData("DeleteStateMachine", Alias, ErrorCodes.InvalidArn)]
    [InlineData("DeleteStateMachine", Label, ErrorCodes.Validation)]
    [InlineData("UpdateStateMachine", Version, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("UpdateStateMachine", NoVersion, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("UpdateStateMachine", Alias, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("UpdateStateMachine", Label, ErrorCodes.Validation)]
    [InlineData("PublishStateMachineVersion", Version, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("PublishStateMachineVersion", Label, ErrorCodes.Validation)]
    [InlineData("DescribeStateMachine", NoVersion, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("DescribeStateMachine", Alias, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("DescribeStateMachine", Label, ErrorCodes.Validation)]
    [InlineData("StartExecution", NoVersion, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("StartExecution", NoAlias, ErrorCodes.StateMachineDoesNotExist)]
    [InlineData("StartExecution", Label, ErrorCodes.Validation)]
    [InlineData("ListStateMachineVersions", Version, ErrorCodes.InvalidArn)]
    [InlineData("ListStateMachineVersions", NoMachine, ErrorCodes.InvalidArn)]
    [InlineData("ListStateMachineAliases", NoVersion, ErrorCodes.ResourceNotFound)]
    [InlineData("ListStateMachineAliases", Alias, ErrorCodes.InvalidArn)]
    [InlineData("ListExecutions", NoVersion, ErrorCodes.ResourceNotFound)]
    [InlineData("ListExecutions", NoAlias, ErrorCodes.ResourceNotFound)]
    [InlineData("TagResource", Version, ErrorCodes.ResourceNotFound)]
    [InlineData("TagResource", Alias, ErrorCodes.ResourceNotFound)]
    [InlineData("TagResource", Label, ErrorCodes.ResourceNotFound)]
    [InlineData("DescribeStateMachineAlias", Machine, ErrorCodes.InvalidArn)]
    [InlineData("DescribeStateMachineAlias", Version, ErrorCodes.InvalidArn)]
    [InlineData("DescribeStateMachineAlias", NoAlias, ErrorCodes.ResourceNotFound)]
    [InlineData("DeleteStateMachineAlias", Machine, ErrorCodes.InvalidArn)]
    [InlineData("DeleteStateMachineVersion", Machine, ErrorCodes.InvalidArn)]
    [InlineData("DeleteStateMachineVersion", Alias, ErrorCodes.InvalidArn)]
    public async Task Operation_ArnOfAnotherKind_IsRefusedAndChangesNothing(string operation, string arn, string code)
    {
        TestService test = await WithMachineAsync();
        (_, string member, (string, JsonValue)[] others) = Calls.First(call => call.Operation == operation && call.Member != "mapRunArn");

        (string refused, _) = await test.RefuseAsync(operation, [(member, arn), .. others]);

        Assert.Equal(code, refused);
        Assert.Equal(TestService.PassDefinition, TestService.Text(await test.CallAsync("DescribeStateMachine", ("stateMachineArn", Machine)), "definition"));
        Assert.Single((JsonArray)(await test.CallAsync("ListStateMachineVersions", ("stateMachineArn", Machine)))["stateMachineVersions"]!);
        Assert.Single((JsonArray)(await test.CallAsync("ListStateMachineAliases", ("stateMachineArn", Machine)))["stateMachineAliases"]!);
    }

    [Theory]
    [InlineData("DescribeStateMachine", Version)]
    [InlineData("StartExecution", Version)]
    [InlineData("StartExecution", Alias)]
    [InlineData("ListExecutions", Version)]
    [InlineData("ListExecutions", Alias)]
    [InlineData("ListStateMachineAliases", Version)]
    public async Task Operation_QualifiedArnItTakes_Responds(string operation, string arn) =>
        await (await WithMachineAsync()).CallAsync(operation, ("stateMachineArn", arn));

    [Fact]
    public void AnyOperation_WithAnArn_IsTestedHere()
    {
        IEnumerable<string> operations = ApiModel.Load().OperationNames.Where(operation => ApiModel.Load().ShapeOf(operation, "input") is { } input
            && ((JsonObject)input["members"]!).Any(member => member.Key.EndsWith("Arn", StringComparison.Ordinal) && member.Key != "roleArn"));

        // GetActivityTask waits for a task, and StartSyncExecution runs what it is given; both read their ARN as their siblings here do.
        Assert.Equal(["GetActivityTask", "StartSyncExecution"], operations.Except(Calls.Select(call => call.Operation)).Order(StringComparer.Ordinal));
    }

    private static async Task<TestService> WithMachineAsync()
    {
        var test = new TestService();
        JsonObject created = await test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("publish", true));
        JsonArray routes = JsonArray.Create(JsonObject.Create(("stateMachineVersionArn", created["stateMachineVersionArn"]!), ("weight", 100)));
        await test.CallAsync("CreateStateMachineAlias", ("name", "live"), ("routingConfiguration", routes));
        await test.CreateAsync("x", type: "EXPRESS");
        await test.CallAsync("CreateActivity", ("name", "a"));
        await test.CallAsync("StartExecution", ("stateMachineArn", Machine), ("name", "e"));
        return test;
    }
}

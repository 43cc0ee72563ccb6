using StepFlow.Language.Evaluation;
using StepFlow.Language.Json;
using StepFlow.Service.Errors;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.StateMachines;

/// <summary>State machines, their versions and aliases beyond what was recorded.</summary>
public sealed class MachineTests
{
    private readonly TestService _test = new();

    /// <summary>The API requires a definition of at least one character; AWS returns an empty object.</summary>
    [Fact]
    public async Task Describe_MetadataOnly_HasAnEmptyDefinition()
    {
        string machine = await _test.CreateAsync("m");
        string execution = await _test.StartAsync(machine);

        JsonObject described = await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", machine), ("includedData", "METADATA_ONLY"));
        JsonObject forExecution = await _test.CallAsync("DescribeStateMachineForExecution", ("executionArn", execution), ("includedData", "METADATA_ONLY"));

        Assert.Equal(("{}", "{}"), (TestService.Text(described, "definition"), TestService.Text(forExecution, "definition")));
    }

    [Fact]
    public async Task Create_SameAgainWithOtherRole_GivesTheFirst()
    {
        string first = await _test.CreateAsync("same");
        JsonObject again = await _test.CallAsync("CreateStateMachine", ("name", "same"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role + "2"));

        Assert.Equal(first, TestService.Text(again, "stateMachineArn"));
        Assert.Equal(TestService.Role, TestService.Text(await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", first)), "roleArn"));
    }

    [Fact]
    public async Task Create_SameNameOtherLogging_IsRefused()
    {
        await _test.CreateAsync("same");
        JsonObject logging = (JsonObject)JsonValue.Parse("""{"level":"ALL","destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"arn:aws:logs:::log-group:g:*"}}]}""");
        (string code, _) = await _test.RefuseAsync("CreateStateMachine", ("name", "same"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("loggingConfiguration", logging));

        Assert.Equal(ErrorCodes.StateMachineAlreadyExists, code);
    }

    [Fact]
    public async Task Create_SameNameOtherTracing_IsRefusedAndOtherTagsAreNot()
    {
        string first = await _test.CreateAsync("same");
        (string, JsonValue)[] same = [("name", "same"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role)];
        (string code, _) = await _test.RefuseAsync("CreateStateMachine", [.. same, ("tracingConfiguration", JsonObject.Create(("enabled", true)))]);
        JsonObject tagged = await _test.CallAsync("CreateStateMachine", [.. same, ("tags", JsonArray.Create(JsonObject.Create(("key", "k"), ("value", "v"))))]);

        Assert.Equal((ErrorCodes.StateMachineAlreadyExists, first), (code, TestService.Text(tagged, "stateMachineArn")));
        Assert.Empty((JsonArray)(await _test.CallAsync("ListTagsForResource", ("resourceArn", first)))["tags"]!);
    }

    [Fact]
    public async Task Update_WithNothing_IsRefused() => Assert.Equal(
        (ErrorCodes.MissingRequiredParameter, ApiErrors.NothingToUpdateText),
        await _test.RefuseAsync("UpdateStateMachine", ("stateMachineArn", await _test.CreateAsync("m"))));

    [Theory]
    [InlineData("""{"level":"ALL"}""")]
    [InlineData("""{"level":"ERROR","destinations":[]}""")]
    [InlineData("""{"level":"ALL","destinations":[{}]}""")]
    [InlineData("""{"level":"ALL","destinations":[{"cloudWatchLogsLogGroup":null}]}""")]
    [InlineData("""{"level":"OFF","destinations":[{"cloudWatchLogsLogGroup":{"logGroupArn":"a"}},{"cloudWatchLogsLogGroup":{"logGroupArn":"b"}}]}""")]
    public async Task Create_LoggingWithoutOneDestination_IsRefused(string logging)
    {
        (string code, string message) = await _test.RefuseAsync(
            "CreateStateMachine", ("name", "a"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("loggingConfiguration", JsonValue.Parse(logging)));

        Assert.Equal(ErrorCodes.InvalidLoggingConfiguration, code);
        Assert.EndsWith(ApiErrors.OneLogDestinationText, message, StringComparison.Ordinal);
    }

    /// <summary>What is left out is filled in; an empty list is stored, and a destination without a log group is removed.</summary>
    [Theory]
    [InlineData("{}", """{"level":"OFF","includeExecutionData":false}""")]
    [InlineData("""{"includeExecutionData":true}""", """{"level":"OFF","includeExecutionData":true}""")]
    [InlineData("""{"destinations":[]}""", """{"level":"OFF","includeExecutionData":false,"destinations":[]}""")]
    [InlineData("""{"destinations":[{"cloudWatchLogsLogGroup":null}]}""", """{"level":"OFF","includeExecutionData":false,"destinations":[]}""")]
    public async Task Create_IncompleteLogging_IsCompleted(string given, string stored)
    {
        await _test.CallAsync(
            "CreateStateMachine", ("name", "a"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("loggingConfiguration", JsonValue.Parse(given)));
        JsonObject described = await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:a"));

        Assert.Equal(stored, described["loggingConfiguration"]!.ToString());
    }

    [Fact]
    public async Task Create_CustomerManagedKey_IsRefused()
    {
        (string code, _) = await _test.RefuseAsync(
            "CreateStateMachine",
            ("name", "a"),
            ("definition", TestService.PassDefinition),
            ("roleArn", TestService.Role),
            ("encryptionConfiguration", JsonObject.Create(("type", "CUSTOMER_MANAGED_KMS_KEY"), ("kmsKeyId", "key"))));

        Assert.Equal(ErrorCodes.InvalidEncryptionConfiguration, code);
    }

    [Fact]
    public async Task Create_ManyAtOnce_MakesOne()
    {
        string[] arns = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _test.CreateAsync("race")));

        Assert.Single(arns.Distinct());
        JsonObject listed = await _test.CallAsync("ListStateMachines");
        Assert.Single((JsonArray)listed["stateMachines"]!);
    }

    [Fact]
    public async Task Delete_WhileAnExecutionRuns_StopsItAndDeletesTheMachine()
    {
        string machine = await _test.CreateAsync("waiting", TestService.WaitDefinition);
        string execution = await _test.StartAsync(machine);
        await _test.CallAsync("DeleteStateMachine", ("stateMachineArn", machine));
        await _test.Host.WaitAsync(execution, TestContext.Current.CancellationToken);

        (string code, _) = await _test.RefuseAsync("DescribeStateMachine", ("stateMachineArn", machine));

        Assert.Equal(ErrorCodes.StateMachineDoesNotExist, code);
        Assert.Equal("ABORTED", TestService.Text(await _test.CallAsync("DescribeExecution", ("executionArn", execution)), "status"));
    }

    [Fact]
    public async Task Delete_WithVersionsAndAliases_TakesThemAlong()
    {
        JsonObject created = await _test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("publish", true));
        string version = TestService.Text(created, "stateMachineVersionArn");
        await _test.CallAsync("CreateStateMachineAlias", ("name", "live"), ("routingConfiguration", Route(version, 100)));
        await _test.CallAsync("DeleteStateMachine", ("stateMachineArn", TestService.Text(created, "stateMachineArn")));
        string again = await _test.CreateAsync("m");

        Assert.Empty((JsonArray)(await _test.CallAsync("ListStateMachineVersions", ("stateMachineArn", again)))["stateMachineVersions"]!);
        Assert.Empty((JsonArray)(await _test.CallAsync("ListStateMachineAliases", ("stateMachineArn", again)))["stateMachineAliases"]!);
    }

    [Fact]
    public async Task Update_WhileAnExecutionRuns_LeavesItsDefinition()
    {
        string machine = await _test.CreateAsync("m", TestService.WaitDefinition);
        string execution = await _test.StartAsync(machine);
        JsonObject updated = await _test.CallAsync("UpdateStateMachine", ("stateMachineArn", machine), ("definition", TestService.PassDefinition));
        JsonObject pinned = await _test.CallAsync("DescribeStateMachineForExecution", ("executionArn", execution));
        JsonObject current = await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", machine));

        Assert.Equal(TestService.WaitDefinition, TestService.Text(pinned, "definition"));
        Assert.False(pinned.ContainsKey("revisionId"));
        Assert.Equal(TestService.PassDefinition, TestService.Text(current, "definition"));
        Assert.Equal(TestService.Text(updated, "revisionId"), TestService.Text(current, "revisionId"));
    }

    [Fact]
    public async Task Alias_WithTwoWeights_StartsBothVersions()
    {
        string machine = await _test.CreateAsync("m");
        string first = TestService.Text(await _test.CallAsync("PublishStateMachineVersion", ("stateMachineArn", machine)), "stateMachineVersionArn");
        await _test.CallAsync("UpdateStateMachine", ("stateMachineArn", machine), ("roleArn", TestService.Role + "2"));
        string second = TestService.Text(await _test.CallAsync("PublishStateMachineVersion", ("stateMachineArn", machine)), "stateMachineVersionArn");
        JsonArray routes = JsonArray.Create(((JsonArray)Route(first, 50))[0], ((JsonArray)Route(second, 50))[0]);
        string alias = TestService.Text(await _test.CallAsync("CreateStateMachineAlias", ("name", "both"), ("routingConfiguration", routes)), "stateMachineAliasArn");
        for (int i = 0; i < 60; i++)
        {
            await _test.StartAsync(alias);
        }

        int ofFirst = ((JsonArray)(await _test.CallAsync("ListExecutions", ("stateMachineArn", first)))["executions"]!).Count;
        int ofSecond = ((JsonArray)(await _test.CallAsync("ListExecutions", ("stateMachineArn", second)))["executions"]!).Count;
        int ofAlias = ((JsonArray)(await _test.CallAsync("ListExecutions", ("stateMachineArn", alias)))["executions"]!).Count;

        Assert.Equal(60, ofAlias);
        Assert.Equal(60, ofFirst + ofSecond);
        Assert.InRange(ofFirst, 5, 55);
    }

    [Fact]
    public async Task Aliases_UnderTheQuotas_AreBounded()
    {
        var test = new TestService(limits: Limits.Aws);
        JsonObject created = await test.CallAsync("CreateStateMachine", ("name", "m"), ("definition", TestService.PassDefinition), ("roleArn", TestService.Role), ("publish", true));
        JsonValue route = Route(TestService.Text(created, "stateMachineVersionArn"), 100);
        for (int i = 0; i < ServiceOptions.MaxAliases; i++)
        {
            await test.CallAsync("CreateStateMachineAlias", ("name", $"a{i}"), ("routingConfiguration", route));
        }

        (string code, _) = await test.RefuseAsync("CreateStateMachineAlias", ("name", "more"), ("routingConfiguration", route));

        Assert.Equal(100, ServiceOptions.MaxAliases);
        Assert.Equal(ErrorCodes.ServiceQuotaExceeded, code);
    }

    [Fact]
    public async Task Versions_UnderTheQuotas_AreBounded()
    {
        var test = new TestService(limits: Limits.Aws);
        string machine = await test.CreateAsync("m");
        for (int i = 0; i < ServiceOptions.MaxVersions; i++)
        {
            await test.CallAsync("UpdateStateMachine", ("stateMachineArn", machine), ("roleArn", TestService.Role + i), ("publish", true));
        }

        (string code, _) = await test.RefuseAsync("UpdateStateMachine", ("stateMachineArn", machine), ("roleArn", TestService.Role), ("publish", true));

        Assert.Equal(1000, ServiceOptions.MaxVersions);
        Assert.Equal(ErrorCodes.ServiceQuotaExceeded, code);
    }

    [Fact]
    public async Task Update_PublishedAgainWithAnotherDescription_GivesAVersionOfItsOwn()
    {
        string machine = await _test.CreateAsync("m");
        JsonObject first = await PublishAsync("one");
        JsonObject same = await PublishAsync("one");
        JsonObject other = await PublishAsync("two");

        Assert.Equal(machine + ":1", TestService.Text(first, "stateMachineVersionArn"));
        Assert.Equal(machine + ":1", TestService.Text(same, "stateMachineVersionArn"));
        Assert.Equal(machine + ":2", TestService.Text(other, "stateMachineVersionArn"));
        Assert.Equal("two", TestService.Text(await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", machine + ":2")), "description"));

        Task<JsonObject> PublishAsync(string description) => _test.CallAsync(
            "UpdateStateMachine", ("stateMachineArn", machine), ("definition", TestService.PassDefinition), ("publish", true), ("versionDescription", description));
    }

    [Fact]
    public async Task Describe_WithoutEncryption_ShowsTheDefault()
    {
        string machine = await _test.CreateAsync("m");

        Assert.Equal("""{"type":"AWS_OWNED_KEY"}""", (await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", machine)))["encryptionConfiguration"]!.ToString());
    }

    [Fact]
    public async Task Describe_StatesWithVariables_ListsWhatTheyRead()
    {
        string definition = """{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"x":1},"Next":"B"},"B":{"Type":"Pass","Output":"{% $x + 1 %}","End":true}}}""";
        JsonObject described = await _test.CallAsync("DescribeStateMachine", ("stateMachineArn", await _test.CreateAsync("m", definition)));

        Assert.Equal("""{"B":["x"]}""", described["variableReferences"]!.ToString());
    }

    private static JsonArray Route(string version, int weight) => JsonArray.Create(JsonObject.Create(("stateMachineVersionArn", version), ("weight", weight)));

    /// <summary>A name is taken by an alias of another description as by one of another routing; the text mentions routing only.</summary>
    [Theory]
    [InlineData(2, null)]
    [InlineData(1, "other")]
    public async Task CreateAlias_SameNameForSomethingElse_IsAConflict(int version, string? description)
    {
        string machine = await _test.CreateAsync("m");
        await _test.CallAsync("PublishStateMachineVersion", ("stateMachineArn", machine));
        await _test.CallAsync(
            "UpdateStateMachine", ("stateMachineArn", machine), ("definition", TestService.WaitDefinition), ("publish", JsonValue.True));
        await _test.CallAsync("CreateStateMachineAlias", ("name", "live"), Routing(1));

        (string, JsonValue)[] request = [("name", "live"), Routing(version)];
        (string Code, string Message) refused = await _test.RefuseAsync(
            "CreateStateMachineAlias", description is null ? request : [.. request, ("description", description)]);

        Assert.Equal((ErrorCodes.Conflict, "Failed to create alias because an alias with the same name and a different routing configuration already exists."), refused);

        (string, JsonValue) Routing(int number) => ("routingConfiguration", Route($"{machine}:{number}", 100));
    }
}

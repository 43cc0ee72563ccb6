using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>A run that is explained, and one whose tasks are mocked.</summary>
public sealed class RunExplainTests : IDisposable
{
    private const string Machine = """
        {"StartAt":"Prepare","States":{
          "Prepare":{"Type":"Pass","InputPath":"$.order","Parameters":{"n.$":"$.n"},"ResultPath":"$.prepared","Next":"Call"},
          "Call":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload.$":"$.prepared"},"ResultSelector":{"v.$":"$.Payload"},"OutputPath":"$.v","Catch":[{"ErrorEquals":["Bad"],"Next":"Caught"}],"End":true},
          "Caught":{"Type":"Pass","End":true}}}
        """;

    private const string Mocks = """
        {"StateMachines":{"order":{"TestCases":{"Good":{"Call":"Returns"},"Wrong":{"Call":"Throws"}}}},
         "MockedResponses":{"Returns":{"0":{"Return":{"StatusCode":200,"Payload":7}}},"Throws":{"0":{"Throw":{"Error":"Bad","Cause":"Why."}}}}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_ShowsTheStagesThatChangeSomething()
    {
        CommandRun run = await RunAsync("Good", "--explain", "--quiet");
        Assert.Equal((ExitCodes.Success, "7\n"), (run.ExitCode, run.Output));
        Assert.Equal(
            """
            Prepare
              input           {"order":{"n":1}}
              InputPath       {"n":1}
              ResultPath      {"order":{"n":1},"prepared":{"n":1}}
              output          {"order":{"n":1},"prepared":{"n":1}}
            Call
              input           {"order":{"n":1},"prepared":{"n":1}}
              Parameters      {"FunctionName":"f","Payload":{"n":1}}
              result          {"StatusCode":200,"Payload":7}
              ResultSelector  {"v":7}
              output          7
            SUCCEEDED

            """,
            string.Join('\n', run.Error.Split('\n').Select(static line => line.Length > 14 && line[2] == ':' ? line[14..] : line)));
    }

    [Fact]
    public async Task Explain_OfAFailure_NamesItAndWhereItWent()
    {
        CommandRun run = await RunAsync("Wrong", "--explain", "--quiet", "--json");
        var states = (JsonArray)((JsonObject)JsonValue.Parse(run.Output))["states"]!;
        Assert.Equal(["Prepare", "Call", "Caught"], states.Select(static one => ((JsonString)((JsonObject)one)["name"]!).Value));
        Assert.Equal("""[{"error":"Bad","cause":"Why."}]""", ((JsonObject)states[1])["failures"]!.ToString());
    }

    [Theory]
    [InlineData("several test cases. Choose one with --case: Good (of order), Wrong (of order).")]
    [InlineData("no test case Other. Choose one with --case: Good (of order), Wrong (of order).", "--case", "Other")]
    public async Task Mocks_WithoutAClearCase_ListsThem(string message, params string[] options)
    {
        CommandRun run = await CommandRun.OfAsync(["run", _folder.File("order.asl.json", Machine), "--mocks", _folder.File("mocks.json", Mocks), .. options]);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mocks_OfAnotherName_AreTakenWhereTheFileHasOnlyThose()
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("renamed.asl.json", Machine), "--mocks", _folder.File("mocks.json", Mocks), "--case", "Good", "--input", """{"order":{"n":1}}""", "--quiet");
        Assert.Equal((ExitCodes.Success, "7\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Case_WithoutMocks_IsUsage() =>
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfAsync("run", _folder.File("order.asl.json", Machine), "--case", "Good")).ExitCode);

    private Task<CommandRun> RunAsync(string testCase, params string[] options) => CommandRun.OfAsync(
        ["run", _folder.File("order.asl.json", Machine), "--mocks", _folder.File("mocks.json", Mocks), "--case", testCase, "--input", """{"order":{"n":1}}""", .. options]);
}

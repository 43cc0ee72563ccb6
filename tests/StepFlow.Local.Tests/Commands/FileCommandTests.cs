using StepFlow.Language.Json;
using StepFlow.Local.Commands;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

public sealed class FileCommandTests : IDisposable
{
    private const string Valid = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Wait","Seconds":86400,"End":true}}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Validate_ValidFile_IsReported()
    {
        string file = _folder.File("a.asl.json", Valid);
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal((ExitCodes.Success, $"{file}: valid\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Validate_WrongDefinition_NamesLocationAndCode()
    {
        string file = _folder.File("a.asl.json", "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A\": {\"Type\": \"Pass\", \"Next\": \"Nowhere\"}\n  }\n}");
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.StartsWith($"{file}:4:27: error MISSING_TRANSITION_TARGET ", run.Output);
    }

    [Theory]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Colour":"red"}}}""", "Colour")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":"soon","End":true}}}""", "Seconds")]
    [InlineData("""{"StartAt":7,"States":[]}""", "StartAt")]
    [InlineData("""{"States":{}}""", "StartAt")]
    public async Task Validate_UnknownFieldsAndWrongTypes_AreErrors(string definition, string mentioned)
    {
        string file = _folder.File("a.asl.json", definition);
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.Contains("error SCHEMA_VALIDATION_FAILED", run.Output);
        Assert.Contains(mentioned, run.Output);
    }

    [Fact]
    public async Task Validate_DataThatIsNeverThere_IsAWarningAtItsLocation()
    {
        string file = _folder.File("a.asl.json", """
            {"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"x":1},"Next":"B"},
             "B":{"Type":"Pass","InputPath":"$.y","End":true}}}
            """);
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.StartsWith($"{file}:2:21: warning DATA_NEVER_THERE '$.y' ", run.Output);
    }

    [Fact]
    public async Task Validate_Integrations_AreThoseOfTheServiceAndOfTheSettings()
    {
        string file = _folder.File("a.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::acme:charge","End":true}}}""");
        string configuration = _folder.File("stepflow.json", """{"Resources":{"arn:aws:states:::acme:*":{"Mock":{}}}}""");
        CommandRun unknown = await CommandRun.OfAsync("validate", file);
        CommandRun mapped = await CommandRun.OfAsync("validate", file, "--config", configuration);
        Assert.Contains("The resource provided arn:aws:states:::acme:charge is not recognized.", unknown.Output);
        Assert.Equal((ExitCodes.Success, $"{file}: valid\n"), (mapped.ExitCode, mapped.Output));
    }

    [Fact]
    public async Task Validate_MalformedJson_NamesTheLocation()
    {
        string file = _folder.File("a.asl.json", "{\"StartAt\": \"A\",\n \"States\": {,}}");
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.StartsWith($"{file}:2:", run.Output);
        Assert.Single(run.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Validate_NestedTooDeep_IsAnErrorNotACrash()
    {
        string file = _folder.File("deep.json", new string('[', 1001) + new string(']', 1001));
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.Contains("depth", run.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Validate_MissingFile_ChecksTheOthers()
    {
        string file = _folder.File("a.asl.json", Valid);
        string missing = Path.Combine(_folder.Path, "none.json");
        CommandRun run = await CommandRun.OfAsync("validate", missing, file);
        Assert.Equal(ExitCodes.InvalidInput, run.ExitCode);
        Assert.Equal($"stepflow: {missing}: no such file.\n", run.Error);
        Assert.Equal($"{file}: valid\n", run.Output);
    }

    [Fact]
    public async Task Validate_Json_IsAListOfFindings()
    {
        string file = _folder.File("a.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Pass"}}}""");
        CommandRun run = await CommandRun.OfAsync("validate", file, "--json");
        var finding = Assert.IsType<JsonObject>(Assert.IsType<JsonArray>(JsonValue.Parse(run.Output))[0]);
        Assert.Equal("ERROR", ((JsonString)finding["severity"]!).Value);
        Assert.Equal(file, ((JsonString)finding["file"]!).Value);
    }

    [Theory]
    [InlineData("mermaid", "flowchart")]
    [InlineData("dot", "digraph")]
    public async Task Graph_Format_DrawsTheMachine(string format, string start)
    {
        CommandRun run = await CommandRun.OfAsync("graph", _folder.File("a.asl.json", Valid), "--format", format);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.StartsWith(start, run.Output);
        Assert.Contains("A", run.Output);
    }

    [Fact]
    public async Task Graph_NotJson_NamesTheLocation()
    {
        string file = _folder.File("a.asl.json", "{");
        CommandRun run = await CommandRun.OfAsync("graph", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.Contains($"{file}:1:", run.Error);
    }

    [Fact]
    public async Task Run_VirtualTime_SkipsTheWait()
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", Valid), "--virtual-time", "--input", """{"x":[1,2]}""");
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal("""{"x":[1,2]}""", JsonValue.Parse(run.Output).ToString());
        Assert.Contains("SUCCEEDED", run.Error);
    }

    [Fact]
    public async Task Run_JsonAndHistory_ContainsTheEvents()
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", Valid), "--virtual-time", "--history", "--json", "--quiet");
        var result = Assert.IsType<JsonObject>(JsonValue.Parse(run.Output));
        Assert.Equal("SUCCEEDED", ((JsonString)result["status"]!).Value);
        Assert.Equal(6, ((JsonArray)result["events"]!).Count);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Run_FailingExecution_IsReportedByItsExitCode()
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Fail","Error":"Bad","Cause":"Why."}}}"""));
        Assert.Equal(ExitCodes.ExecutionFailed, run.ExitCode);
        Assert.Contains("FAILED: Bad Why.", run.Error);
    }

    [Fact]
    public async Task Run_InputOfFiftyMegabytes_PassesThrough()
    {
        string input = _folder.File("input.json", $"{{\"text\":\"{new string('x', 50_000_000)}\"}}");
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", Valid), "--virtual-time", "--quiet", "--input", input);
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.InRange(run.Output.Length, 50_000_000, 50_000_100);
    }

    /// <summary>The quotas come from the option, else from the configuration.</summary>
    [Theory]
    [InlineData("""{"Limits":"None"}""", "aws", ExitCodes.ExecutionFailed)]
    [InlineData("""{"Limits":"Aws"}""", null, ExitCodes.ExecutionFailed)]
    [InlineData("""{"Limits":"Aws"}""", "none", ExitCodes.Success)]
    [InlineData("{}", null, ExitCodes.Success)]
    public async Task Run_Limits_HoldForPayloads(string configuration, string? limits, int exitCode)
    {
        string file = _folder.File("a.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$.a","b.$":"$.a"},"End":true}}}""");
        string input = _folder.File("input.json", $"{{\"a\":\"{new string('x', 200_000)}\"}}");
        string[] option = limits is null ? [] : ["--limits", limits];
        CommandRun run = await CommandRun.OfAsync(["run", file, "--input", input, "--quiet", "--config", _folder.File("stepflow.json", configuration), .. option]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == ExitCodes.ExecutionFailed, run.Error.Contains("FAILED: States.DataLimitExceeded", StringComparison.Ordinal));
    }

    /// <summary>A definition is checked as <c>validate</c> checks it, with what the settings map.</summary>
    [Fact]
    public async Task Run_Integrations_AreThoseOfTheServiceAndOfTheSettings()
    {
        string file = _folder.File("a.asl.json", """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::acme:charge","End":true}}}""");
        string configuration = _folder.File("stepflow.json", """{"Resources":{"arn:aws:states:::acme:*":{"Mock":{"paid":7}}}}""");
        CommandRun unknown = await CommandRun.OfAsync("run", file, "--quiet");
        CommandRun mapped = await CommandRun.OfAsync("run", file, "--quiet", "--config", configuration);
        Assert.Equal(ExitCodes.InvalidDefinition, unknown.ExitCode);
        Assert.Contains("The resource provided arn:aws:states:::acme:charge is not recognized.", unknown.Error);
        Assert.Equal((ExitCodes.Success, """{"paid":7}"""), (mapped.ExitCode, JsonValue.Parse(mapped.Output).ToString()));
    }

    [Theory]
    [InlineData("{\"a\":}", "--input:1:6: not JSON")]
    [InlineData("none.json", "none.json: no such file.")]
    public async Task Run_BadInput_ReportsTheProblem(string input, string message)
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", Valid), "--input", input);
        Assert.Equal(ExitCodes.InvalidInput, run.ExitCode);
        Assert.Contains(message, run.Error);
    }

    [Fact]
    public async Task Run_InputNestedTooDeep_ReportsTheProblem()
    {
        string input = _folder.File("deep.json", new string('[', 1001) + new string(']', 1001));
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", Valid), "--input", input);
        Assert.Equal(ExitCodes.InvalidInput, run.ExitCode);
        Assert.Contains("depth", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("{ not json", "not JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"Colour":"red"}""", "Colour is unknown. Known settings are")]
    public async Task Run_BadConfiguration_ReportsTheProblem(string configuration, string message)
    {
        string file = _folder.File("stepflow.json", configuration);
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("a.asl.json", Valid), "--config", file);
        Assert.Equal(ExitCodes.InvalidConfiguration, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.Contains(file, run.Error);
    }

    [Theory]
    [InlineData("$sum(a)", "6")]
    [InlineData("{% $states.input.a[1] + 1 %}", "3")]
    [InlineData("$partition(a, 2)", "[[1,2],[3]]")]
    public async Task Eval_Jsonata_GivesTheValue(string expression, string value)
    {
        CommandRun run = await CommandRun.OfAsync("eval", expression, "--input", """{"a":[1,2,3]}""");
        Assert.Equal((ExitCodes.Success, value), (run.ExitCode, JsonValue.Parse(run.Output).ToString()));
    }

    [Theory]
    [InlineData("$.a[2]", "3")]
    [InlineData("$.a[-1:]", "[3]")]
    [InlineData("States.ArrayLength($.a)", "3")]
    public async Task Eval_JsonPath_GivesTheValue(string expression, string value)
    {
        CommandRun run = await CommandRun.OfAsync("eval", expression, "--jsonpath", "--input", """{"a":[1,2,3]}""");
        Assert.Equal((ExitCodes.Success, value), (run.ExitCode, JsonValue.Parse(run.Output).ToString()));
    }

    [Fact]
    public async Task Eval_SyntaxError_PointsAtThePosition()
    {
        CommandRun run = await CommandRun.OfAsync("eval", "a + * b", "--input", "{}");
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.Matches("(?s)S\\d{4}: .*\n  a \\+ \\* b\n +\\^\n$", run.Error);
    }

    [Fact]
    public async Task Eval_FailingEvaluation_ReportsWhy()
    {
        CommandRun run = await CommandRun.OfAsync("eval", "1 + 'x'");
        Assert.Equal(ExitCodes.ExecutionFailed, run.ExitCode);
        Assert.Contains("T2002", run.Error);
    }

    [Theory]
    [InlineData("nothing.there", "")]
    [InlineData("$.nothing", "--jsonpath")]
    public async Task Eval_NothingThere_IsReported(string expression, string option)
    {
        CommandRun run = await CommandRun.OfAsync(["eval", expression, "--input", "{}", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("run")]
    [InlineData("serve")]
    [InlineData("start")]
    [InlineData("describe")]
    [InlineData("history")]
    [InlineData("list")]
    [InlineData("stop")]
    [InlineData("graph")]
    [InlineData("eval")]
    public async Task Help_EveryCommand_ShowsExamples(string command)
    {
        CommandRun run = await CommandRun.OfAsync(command, "--help");
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains("Usage:", run.Output);
        Assert.Contains($"Examples:\n  stepflow {command}", run.Output);
    }

    [Fact]
    public async Task Help_Root_ListsExitCodes()
    {
        CommandRun run = await CommandRun.OfAsync("--help");
        Assert.All(ExitCodes.All, code => Assert.Contains($"{code.Code,3}  {code.Meaning}", run.Output));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("run")]
    [InlineData("graph", "x", "--format", "png")]
    [InlineData("list", "m", "--status", "GONE")]
    public async Task CommandLine_Wrong_IsUsage(params string[] arguments)
    {
        CommandRun run = await CommandRun.OfAsync(arguments);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("--help", run.Error);
    }
}

using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Definitions in the forms that teams have them in, in each command that reads one.</summary>
public sealed class DefinitionFormTests : IDisposable
{
    private const string Yaml = """
        # Greets.
        StartAt: Greet
        States:
          Greet:
            Type: Pass
            Result: {hello: "${Who}"}
            End: true
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Yaml_WithASubstitution_GivesTheResult()
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("greet.asl.yaml", Yaml), "--substitute", "Who=world", "--quiet");
        Assert.Equal((ExitCodes.Success, """{"hello":"world"}"""), (run.ExitCode, JsonValue.Parse(run.Output).ToString()));
    }

    [Fact]
    public async Task Validate_Yaml_NamesTheLocationInTheFile()
    {
        string file = _folder.File("greet.asl.yaml", Yaml.Replace("End: true", "Next: Nowhere", StringComparison.Ordinal));
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.StartsWith($"{file}:7:5: error MISSING_TRANSITION_TARGET ", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{file}:6:22: warning SUBSTITUTION_MISSING ${{Who}} has no value. Set one with --substitute Who=VALUE.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_WrongYaml_IsOneLine()
    {
        string file = _folder.File("greet.asl.yaml", "StartAt: Greet\nStartAt: Again\n");
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal((ExitCodes.InvalidDefinition, $"{file}:2:1: error INVALID_YAML The name StartAt is used twice.\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Validate_JsonWithComments_PointsAtTheFirst()
    {
        string file = _folder.File("a.asl.json", "{\n  // where it begins\n  \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}\n}");
        CommandRun run = await CommandRun.OfAsync("validate", file);
        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        Assert.StartsWith($"{file}:2:3: error INVALID_JSON_DESCRIPTION This is a comment.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("graph")]
    [InlineData("resources")]
    public async Task Command_OfYaml_ReadsIt(string command)
    {
        CommandRun run = await CommandRun.OfAsync(command, _folder.File("greet.asl.yaml", Yaml));
        Assert.Equal((ExitCodes.Success, string.Empty), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("Who")]
    [InlineData("=x")]
    public async Task Substitute_WithoutANameOrAValue_IsUsage(string pair)
    {
        CommandRun run = await CommandRun.OfAsync("run", _folder.File("greet.asl.yaml", Yaml), "--substitute", pair);
        Assert.Equal((ExitCodes.Usage, $"stepflow: --substitute {pair}: write NAME=VALUE.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Deploy_AndTheMachinesFolder_TakeEveryForm()
    {
        const string Machine = """{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""";
        _folder.File("machines/one.asl.json", Machine);
        _folder.File("machines/two.v2.asl.yaml", "StartAt: A\nStates: {A: {Type: Succeed}}\n");
        using ServerProcess server = await ServerProcess.StartAsync(
            Path.Combine(_folder.Path, "data"), _folder.File("stepflow.json", """{"StateMachines":{"Folder":"machines"}}"""), Cancelled);
        JsonObject described = JsonObject.Create(("name", "three"), ("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:three"), ("definition", Machine));
        CommandRun deployed = await CommandRun.OfAsync("deploy", _folder.File("saved.json", described.ToString()), "--server", server.Url);
        CommandRun again = await CommandRun.OfAsync("deploy", Path.Combine(_folder.Path, "machines"), "--server", server.Url, "--json");

        Assert.Equal((ExitCodes.Success, string.Empty), (deployed.ExitCode, deployed.Error));
        Assert.All((JsonArray)JsonValue.Parse(again.Output), one => Assert.Equal("unchanged", ((JsonString)((JsonObject)one)["action"]!).Value));
        JsonArray listed = (JsonArray)(await server.GetAsync("api/statemachines", Cancelled))["stateMachines"]!;
        Assert.Equal(["one", "three", "two.v2"], listed.Select(static one => ((JsonString)((JsonObject)one)["name"]!).Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Deploy_TwoFilesOfOneName_NamesBoth()
    {
        _folder.File("machines/one.asl.json", "{}");
        _folder.File("machines/one.asl.yaml", "{}");
        CommandRun run = await CommandRun.OfAsync("deploy", Path.Combine(_folder.Path, "machines"));
        Assert.Equal(ExitCodes.InvalidInput, run.ExitCode);
        Assert.Contains("Several files define the machine one", run.Error, StringComparison.Ordinal);
    }
}

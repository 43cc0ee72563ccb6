using StepFlow.Language.Json;
using StepFlow.Local.Failures;
using StepFlow.Testing;

namespace StepFlow.Local.Tests.Commands;

public sealed class ResourcesCommandTests : IDisposable
{
    private const string Definition = """
        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
          {"StartAt":"Mail","States":{"Mail":{"Type":"Task","Resource":"arn:aws:states:::ses:sendEmail","End":true}}},
          {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
            "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSON"},"Parameters":{"Bucket":"b","Key":"k"}},
            "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"Encode","States":{
              "Encode":{"Type":"Task","Resource":"arn:aws:states:::ecs:runTask.sync","Parameters":{"TaskDefinition":"encode:1"},"End":true}}}}}}]}}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Resources_OfADefinition_AreListedWithWhatIsMissing()
    {
        string definition = _folder.File("m.asl.json", Definition);
        string configuration = _folder.File("stepflow.json", """{"Resources":{"arn:aws:states:::ses:*":{"Mock":{"MessageId":"local"}}}}""");

        CommandRun run = await CommandRun.OfAsync("resources", definition, "--config", configuration, "--json");

        Assert.Equal(ExitCodes.InvalidDefinition, run.ExitCode);
        JsonObject[] found = [.. ((JsonArray)JsonValue.Parse(run.Output)).Cast<JsonObject>()];
        Assert.Equal(["Mail", "M", "Encode"], found.Select(static one => ((JsonString)one["state"]!).Value));
        Assert.Equal("a fixed result (arn:aws:states:::ses:*)", found[0]["reaches"]);
        Assert.Equal("\"Storage\": { \"ConnectionString\": \"…\" }", found[1]["missing"]);
        Assert.Equal("\"Jobs\": { \"encode\": { \"Command\": \"…\" } }", found[2]["missing"]);
    }

    [Fact]
    public async Task Resources_AllReached_Succeeds()
    {
        string definition = _folder.File("m.asl.json", Definition);
        string configuration = _folder.File("stepflow.json", """{"Storage":{"ConnectionString":"UseDevelopmentStorage=true"},"Resources":{"arn:aws:states:::*":{"Mock":{}}}}""");

        CommandRun run = await CommandRun.OfAsync("resources", definition, "--config", configuration);

        Assert.Equal((ExitCodes.Success, 3), (run.ExitCode, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
    }
}

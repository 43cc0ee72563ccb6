using StepFlow.Language.Definition;
using StepFlow.Language.Diagnostics;
using StepFlow.Language.Json;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Service.Tests.DefinitionFiles;

public sealed class DefinitionReaderTests
{
    private const string Json = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";
    private const string Yaml = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n";

    [Theory]
    [InlineData("a.asl.json", Json)]
    [InlineData("a.asl.yaml", Yaml)]
    [InlineData("a.yml", Json)]
    [InlineData("-", Json)]
    [InlineData("-", Yaml)]
    public void Read_EachForm_IsTheSameDefinition(string path, string text) =>
        Assert.Equal(JsonValue.Parse(Json), JsonValue.Parse(DefinitionReader.Read(path, text).Text));

    [Fact]
    public void Read_Json_KeepsTheText() => Assert.Equal(Json + "\n\n", DefinitionReader.Read("a.json", Json + "\n\n").Text);

    [Theory]
    [InlineData("a.json")]
    [InlineData("a.yaml")]
    public void Read_WhatDescribeReturned_IsTheDefinitionInIt(string path)
    {
        JsonObject response = JsonObject.Create(("name", "order"), ("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:order"), ("definition", Json));
        ReadDefinition read = DefinitionReader.Read(path, response.ToIndentedString());
        Assert.Equal(("order", Json, new SourcePosition(4, 3)), (read.Name, read.Text, read.Find("/States/A")));
    }

    [Theory]
    [InlineData("{\n  // the start\n  \"StartAt\": \"A\" }", 2, 3, "This is a comment.")]
    [InlineData("{ \"ä\": 1, /* x */ \"b\": 2 }", 1, 11, "This is a comment.")]
    [InlineData("{\"a\": [1, 2, ]}", 1, 14, "There is a comma before the end")]
    public void Read_JsonWithComments_PointsAtTheFirst(string text, int line, int column, string message)
    {
        ReadDefinition read = DefinitionReader.Read("a.json", text);
        Assert.Equal((DiagnosticCodes.InvalidJsonDescription, new SourcePosition(line, column)), (read.Problem?.Code, read.ProblemPosition));
        Assert.StartsWith(message, read.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NeitherJsonNorComments_IsLeftToTheLoader()
    {
        ReadDefinition read = DefinitionReader.Read("a.json", "{\n  \"a\": ,}");
        Assert.Equal((null, new SourcePosition(2, 8)), (read.Problem, read.Find("/States/A")));
    }

    [Fact]
    public void Read_Substitutions_AreReplacedEverywhere()
    {
        ReadDefinition read = DefinitionReader.Read("a.json", "{\"Resource\": \"${Arn}\", \"Seconds\": ${Wait}, \"x\": \"${Other}\"}", new Dictionary<string, string> { ["Arn"] = "arn:x", ["Wait"] = "5" });
        Assert.Equal("""{"Resource": "arn:x", "Seconds": 5, "x": "${Other}"}""", read.Text);
        Assert.Equal([("Other", new SourcePosition(1, 50))], read.MissingSubstitutions);
    }

    [Fact]
    public void Find_AfterSubstitutions_IsTheLocationInTheFile()
    {
        ReadDefinition read = DefinitionReader.Read("a.json", "{\"a\": \"${Long}\", \"b\": \"${S}\", \"c\": 1,\n \"d\": 2}", new Dictionary<string, string> { ["Long"] = "x", ["S"] = "a longer value\nof two lines" });
        Assert.Equal([new(1, 18), new(1, 31), new(2, 2)], new[] { "/b", "/c", "/d" }.Select(read.Find));
    }
}

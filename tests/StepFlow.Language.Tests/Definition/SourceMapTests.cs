using StepFlow.Language.Definition;

namespace StepFlow.Language.Tests.Definition;

public sealed class SourceMapTests
{
    private const string Text = """
        {
          "StartAt": "A",
          "States": {
            "A": { "Type": "Choice",
              "Choices": [
                { "Next": "é" }, { "Next": "B" } ] }
          }
        }
        """;

    [Theory]
    [InlineData("/", 1, 1)]
    [InlineData("/StartAt", 2, 3)]
    [InlineData("/States/A", 4, 5)]
    [InlineData("/States/A/Choices[0]", 6, 9)]
    [InlineData("/States/A/Choices[1]/Next", 6, 28)]
    [InlineData("/States/A/Choices[7]/Next", 5, 7)]
    [InlineData("/States/Unknown/Deep", 3, 3)]
    public void Find_Location_GivesLineAndColumn(string location, int line, int column) =>
        Assert.Equal(new SourcePosition(line, column), SourceMap.Build(Text).Find(location));

    [Fact]
    public void Find_NoLocation_GivesNothing() => Assert.Null(SourceMap.Build(Text).Find(null));

    [Fact]
    public void Build_BrokenText_KeepsWhatIsBeforeIt() =>
        Assert.Equal(new SourcePosition(1, 3), SourceMap.Build("""{ "StartAt": nonsense }""").Find("/StartAt"));
}

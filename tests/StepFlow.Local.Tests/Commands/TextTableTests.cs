using StepFlow.Local.Terminals;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Tables keep one line a row and every id whole, whatever the width.</summary>
public sealed class TextTableTests
{
    private const string Id = "0620dc23-5342-65e3-9d41-0b6f8f4a4f5e";

    [Theory]
    [InlineData(null)]
    [InlineData(140)]
    [InlineData(120)]
    [InlineData(100)]
    [InlineData(80)]
    [InlineData(20)]
    public void Write_AtAWidth_KeepsIdsAndLines(int? width)
    {
        var table = new TextTable("NAME", "STATUS", "START", "STOP");
        table.Add(Id, "SUCCEEDED", "2026-11-22T23:54:05Z", "2026-11-22T23:54:09Z");
        table.Add("short", "RUNNING", "2026-11-22T23:54:05Z", string.Empty);
        var output = new StringWriter();
        table.Write(output, new() { Width = width });
        string[] lines = output.ToString().TrimEnd().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.StartsWith(Id, lines[1], StringComparison.Ordinal);
        Assert.StartsWith("short ", lines[2] + " ", StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= Math.Max(width ?? int.MaxValue, Id.Length), line));
        Assert.Equal(width is null or >= 100, lines[1].EndsWith("2026-11-22T23:54:09Z", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ACellOfSeveralLines_IsOneLine()
    {
        var table = new TextTable("A", "B");
        table.Add("1", "first\nsecond");
        var output = new StringWriter();
        table.Write(output, new());

        Assert.Equal("A  B\n1  first second\n", output.ToString());
    }
}

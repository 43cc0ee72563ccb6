using StepFlow.Functions.Messages;


namespace StepFlow.Functions.Tests.Messages;

public sealed class InstanceIdsTests
{
    private const string Execution = "arn:aws:states:us-east-1:123456789012:execution:";

    [Theory]
    [InlineData("M:e")]
    [InlineData("M/Label:9a1b")]
    [InlineData("M:what #people ? name \\ things")]
    public void Of_AnArn_HasOnlyCharactersOfIds(string name)
    {
        string id = InstanceIds.Of(Execution + name);

        Assert.StartsWith("M-", id, StringComparison.Ordinal);
        Assert.All(id, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }

    [Fact]
    public void Of_TheLongestNames_HasAtMost100Characters()
    {
        string arn = Execution + new string('m', 80) + ":" + new string('e', 80);

        Assert.InRange(InstanceIds.Of(arn, int.MaxValue).Length, 1, 100);
        Assert.NotEqual(InstanceIds.Of(arn), InstanceIds.Of(arn[..^1] + "f"));
    }

    [Fact]
    public void Of_TheSameExecution_IsStableAndDiffersByRedrive()
    {
        const string arn = Execution + "M:e";

        Assert.Equal(InstanceIds.Of(arn), InstanceIds.Of(arn));
        Assert.Equal(3, new[] { InstanceIds.Of(arn), InstanceIds.Of(arn, 1), InstanceIds.Of(arn, 2) }.Distinct().Count());
    }
}

using StepFlow.Service.Access;
using StepFlow.Service.Operations;
using StepFlow.Service.Tests.Hosting;

namespace StepFlow.Service.Tests.Access;

/// <summary>What the keys of each level may call.</summary>
public sealed class AccessKeyTests
{
    [Theory]
    [InlineData(AccessLevel.ReadOnly, "DescribeExecution", true)]
    [InlineData(AccessLevel.ReadOnly, "GetExecutionHistory", true)]
    [InlineData(AccessLevel.ReadOnly, "StartExecution", false)]
    [InlineData(AccessLevel.ReadOnly, "TestState", false)]
    [InlineData(AccessLevel.StartOnly, "StartExecution", true)]
    [InlineData(AccessLevel.StartOnly, "StartSyncExecution", true)]
    [InlineData(AccessLevel.StartOnly, "SendTaskSuccess", true)]
    [InlineData(AccessLevel.StartOnly, "DescribeExecution", false)]
    [InlineData(AccessLevel.StartOnly, "DeleteStateMachine", false)]
    [InlineData(AccessLevel.Admin, "DeleteStateMachine", true)]
    public void Allows_OperationOfALevel_AsTheLevelAllows(AccessLevel level, string operation, bool allowed)
    {
        OperationAccess access = new TestService().Service.AccessOf(operation)!.Value;

        Assert.Equal(allowed, new AccessKey { Id = "a", Secret = "b", Level = level }.Allows(operation, access));
    }

    [Fact]
    public void Allows_OperationNamedByTheKey_BesidesItsLevel()
    {
        var key = new AccessKey { Id = "a", Secret = "b", Level = AccessLevel.StartOnly, Operations = new HashSet<string> { "DescribeExecution" } };

        Assert.True(key.Allows("DescribeExecution", OperationAccess.Read));
        Assert.False(key.Allows("ListExecutions", OperationAccess.Read));
    }

    [Fact]
    public void ToString_OfAKey_HidesTheSecret()
    {
        Assert.Equal("a (ReadOnly)", new AccessKey { Id = "a", Secret = "hidden", Level = AccessLevel.ReadOnly }.ToString());
        Assert.Equal("a", new BasicCredentials("a", "hidden").ToString());
    }

    [Theory]
    [InlineData("one", "one")]
    [InlineData("two", "two")]
    [InlineData("ONE", null)]
    [InlineData("", null)]
    public void Find_AnId_IsTheKeyOfExactlyThatId(string id, string? found)
    {
        var keys = new AccessKeys([new() { Id = "one", Secret = "1" }, new() { Id = "two", Secret = "2" }]);

        Assert.True(keys.IsRequired);
        Assert.Equal(found, keys.Find(id)?.Id);
        Assert.False(AccessKeys.None.IsRequired);
    }
}

using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Tests.Servers;

public sealed class CallLogTests
{
    [Fact]
    public void Check_EachTaskOnceInOrder_FindsNothing() => Assert.Empty(Log("a", "b", "c").Check(restarts: 0));

    [Fact]
    public void Check_TaskRepeatedByARestart_FindsNothing() => Assert.Empty(Log("a", "a", "b").Check(restarts: 1));

    [Fact]
    public void Check_TaskRepeatedWithoutARestart_IsFound() =>
        Assert.Equal("The task a ran 2 times, with 0 restarts.", Assert.Single(Log("a", "a", "b").Check(restarts: 0)).Text);

    [Fact]
    public void Check_FinishedTaskThatRunsAgain_IsFound() =>
        Assert.Equal("The task a ran again after a later task of lane had started.", Assert.Single(Log("a", "b", "a").Check(restarts: 1)).Text);

    [Fact]
    public void Check_TasksOfOtherLanesBetween_FindsNothing()
    {
        CallLog log = Log("a");
        log.Add(new("arn", "other", "State", "x"));
        log.Add(new("arn", "lane", "State", "a"));

        Assert.Empty(log.Check(restarts: 1));
    }

    [Fact]
    public void Add_RepeatedKey_IsTheSameAttempt()
    {
        var log = new CallLog();

        Assert.Equal(
            [0, 0, 1, 0],
            [Add("a"), Add("a"), Add("b"), log.Add(new("arn", "lane", "Next", "c"))]);

        int Add(string key) => log.Add(new("arn", "lane", "State", key));
    }

    private static CallLog Log(params string[] keys)
    {
        var log = new CallLog();
        foreach (string key in keys)
        {
            log.Add(new("arn", "lane", "State", key));
        }

        return log;
    }
}

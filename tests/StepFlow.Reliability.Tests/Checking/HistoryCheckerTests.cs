using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Tests.Checking;

/// <summary>Damages a good history in every way that the checker is there for.</summary>
public sealed class HistoryCheckerTests
{
    private static List<HistoryEvent> Good() =>
    [
        new(1, 0, "ExecutionStarted", 1.000, null),
        new(2, 0, "TaskStateEntered", 1.001, Named("Work")),
        new(3, 2, "TaskScheduled", 1.001, null),
        new(4, 3, "TaskStarted", 1.002, null),
        new(5, 4, "TaskFailed", 1.003, null),
        new(6, 5, "TaskScheduled", 2.003, null),
        new(7, 6, "TaskStarted", 2.004, null),
        new(8, 7, "TaskSucceeded", 2.004, null),
        new(9, 8, "TaskStateExited", 2.004, Named("Work")),
        new(10, 9, "ExecutionSucceeded", 2.004, new() { ["output"] = "{}" }),
    ];

    [Fact]
    public void Check_GoodHistory_FindsNothing() => Assert.Empty(Check(Good()));

    [Fact]
    public void Check_RunningExecution_FindsNothing() => Assert.Empty(Check(Good()[..7], "RUNNING"));

    [Fact]
    public void Check_ParallelBranches_FindsNothing() => Assert.Empty(Check(
    [
        new(1, 0, "ExecutionStarted", 1, null),
        new(2, 0, "ParallelStateEntered", 1, Named("Both")),
        new(3, 2, "ParallelStateStarted", 1, null),
        new(4, 3, "PassStateEntered", 1, Named("A")),
        new(5, 3, "PassStateEntered", 1, Named("B")),
        new(6, 4, "PassStateExited", 1, Named("A")),
        new(7, 5, "PassStateExited", 1, Named("B")),
        new(8, 7, "ParallelStateSucceeded", 1, null),
        new(9, 8, "ParallelStateExited", 1, Named("Both")),
        new(10, 9, "ExecutionSucceeded", 1, null),
    ]));

    [Fact]
    public void Check_NoEvents_IsReported() => Assert.Equal(["The history is empty."], Check([]));

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(8)]
    public void Check_MissingEvent_IsFound(int index)
    {
        List<HistoryEvent> events = Good();
        events.RemoveAt(index);

        Assert.Equal($"Event {index + 1} has the id {index + 2}.", Assert.Single(Check(events)));
    }

    [Fact]
    public void Check_MissingEnd_IsFound() =>
        Assert.Contains("The status is SUCCEEDED, but the last event is TaskStateExited.", Check(Good()[..9]));

    [Fact]
    public void Check_DoubledEvent_IsFound()
    {
        List<HistoryEvent> events = Good();
        events.Insert(4, events[4]);

        Assert.Equal("Event 6 has the id 5.", Assert.Single(Check(events)));
    }

    [Fact]
    public void Check_EventsInAnotherOrder_IsFound()
    {
        List<HistoryEvent> events = Good();
        (events[5], events[6]) = (events[6], events[5]);

        Assert.Equal("Event 6 has the id 7.", Assert.Single(Check(events)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(-1)]
    public void Check_PreviousEventThatDoesNotComeBefore_IsFound(long previous) =>
        Assert.Contains($"Event 8 (TaskSucceeded) follows event {previous}.", Check(With(Good(), 8, one => one with { PreviousId = previous })));

    [Fact]
    public void Check_EventThatFollowsTheStart_IsFound() =>
        Assert.Contains("Event 5 (TaskFailed) follows ExecutionStarted.", Check(With(Good(), 5, static one => one with { PreviousId = 1 })));

    [Fact]
    public void Check_EarlierTimestamp_IsFound() =>
        Assert.Equal(["Event 6 (TaskScheduled) is older than the event before it."], Check(With(Good(), 6, static one => one with { Timestamp = 1.000 })));

    [Fact]
    public void Check_EventAfterTheEnd_IsFound()
    {
        List<HistoryEvent> events = Good();
        events.Add(new(11, 10, "PassStateEntered", 3, Named("Late")));

        Assert.Contains("Event 10 (ExecutionSucceeded) is not the last: 1 follow.", Check(events));
    }

    [Fact]
    public void Check_RedriveAfterTheEnd_FindsNothing() => Assert.Empty(Check(
    [
        new(1, 0, "ExecutionStarted", 1, null),
        new(2, 0, "TaskStateEntered", 1, Named("Work")),
        new(3, 2, "TaskScheduled", 1, null),
        new(4, 3, "TaskFailed", 1, null),
        new(5, 4, "ExecutionFailed", 1, null),
        new(6, 5, "ExecutionRedriven", 2, null),
        new(7, 2, "TaskScheduled", 2, null),
        new(8, 7, "TaskSucceeded", 2, null),
        new(9, 8, "TaskStateExited", 2, Named("Work")),
        new(10, 9, "ExecutionSucceeded", 2, null),
    ]));

    [Fact]
    public void Check_SecondStart_IsFound() =>
        Assert.Contains("Event 3 is ExecutionStarted.", Check(With(Good(), 3, static one => one with { Type = "ExecutionStarted" })));

    [Fact]
    public void Check_TaskThatEndsTwice_IsFound() => Assert.Contains(
        "Event 8 (TaskSucceeded) ends the task that event 3 scheduled, for the second time.",
        Check(With(With(Good(), 6, static one => one with { Type = "TaskStarted" }), 7, static one => one with { PreviousId = 5 })));

    [Fact]
    public void Check_OutcomeOfNoTask_IsFound() => Assert.Contains(
        "Event 8 (TaskSucceeded) ends a task that its chain never scheduled.",
        Check(With(Good(), 8, static one => one with { PreviousId = 2 })));

    [Fact]
    public void Check_ExitOfAStateThatWasNeverEntered_IsFound() => Assert.Contains(
        "Event 9 exits the state 'Other', which its chain never entered.", Check(With(Good(), 9, static one => one with { Details = Named("Other") })));

    [Fact]
    public void Check_StateExitedTwice_IsFound()
    {
        List<HistoryEvent> events = Good()[..9];
        events.Add(new(10, 9, "TaskStateExited", 2.004, Named("Work")));

        Assert.Contains("Event 10 exits the state 'Work' that event 2 entered, for the second time.", Check(events));
    }

    [Fact]
    public void Check_AnotherOutput_IsFound() => Assert.Equal(
        ["The last event has another output than the execution."],
        Check(With(Good(), 10, static one => one with { Details = new() { ["output"] = "[]" } })));

    [Theory]
    [InlineData("ExecutionFailed")]
    [InlineData("ExecutionAborted")]
    [InlineData("ExecutionTimedOut")]
    public void Check_AnotherEndThanTheStatus_IsFound(string type) => Assert.Equal(
        [$"The status is SUCCEEDED, but the last event is {type}."], Check(With(Good(), 10, one => one with { Type = type })));

    [Fact]
    public void Check_EndWithoutStopDate_IsFound() => Assert.Equal(
        ["The status is SUCCEEDED, and there is no stop date."],
        HistoryChecker.Check(new(new() { ["status"] = "SUCCEEDED", ["output"] = "{}" }, Good())));

    [Fact]
    public void Check_EndThatWasReadByItself_FindsNothing() =>
        Assert.Empty(HistoryChecker.Check(new(new() { ["status"] = "SUCCEEDED", ["output"] = "{}", ["stopDate"] = 3 }, Good()[..6], Good()[8..])));

    [Fact]
    public void Check_GapInTheEndThatWasReadByItself_IsFound() => Assert.Equal(
        ["Event 8 has the id 9."],
        HistoryChecker.Check(new(new() { ["status"] = "SUCCEEDED", ["output"] = "{}", ["stopDate"] = 3 }, Good()[..5], [Good()[6], Good()[8]])));

    private static JsonObject Named(string state) => new() { ["name"] = state };

    private static List<HistoryEvent> With(List<HistoryEvent> events, int id, Func<HistoryEvent, HistoryEvent> change)
    {
        events[id - 1] = change(events[id - 1]);
        return events;
    }

    private static IEnumerable<string> Check(IReadOnlyList<HistoryEvent> events, string status = "SUCCEEDED")
    {
        var description = new JsonObject { ["status"] = status, ["output"] = "{}" };
        if (status != "RUNNING")
        {
            description["stopDate"] = 3;
        }

        return HistoryChecker.Check(new(description, events));
    }
}

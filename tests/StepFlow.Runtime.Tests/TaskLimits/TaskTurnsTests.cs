using StepFlow.Runtime.InMemory;
using StepFlow.Runtime.TaskLimits;

namespace StepFlow.Runtime.Tests.TaskLimits;

/// <summary>Whose turn it is among the tasks of one process.</summary>
public sealed class TaskTurnsTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Concurrency_IsThatOfTheKey()
    {
        using var turns = new TaskTurns(_clock);
        TaskLimit limit = Limit("l", concurrency: 2);
        TaskWaiter[] waiters = [.. "aaab".Select(key => turns.Enter("e", [new(limit, key.ToString())], 0))];

        Assert.Equal("110 1", Served(waiters[..3]) + " " + Served(waiters[3..]));
        Assert.Equal((3, 1), (turns.Running(limit), turns.Waiting(limit)));

        turns.Leave(waiters[0]);
        Assert.Equal("111", Served(waiters[..3]));

        foreach (TaskWaiter waiter in waiters[1..])
        {
            turns.Leave(waiter);
        }

        Assert.Equal((0, 0), (turns.Running(limit), turns.Waiting(limit)));
    }

    [Fact]
    public void Executions_TakeTurns()
    {
        using var turns = new TaskTurns(_clock);
        TaskLimit limit = Limit("l", concurrency: 1);
        TaskWaiter running = turns.Enter("first", [new(limit, "")], 0);
        (string Name, TaskWaiter Waiter)[] waiting =
            [.. new[] { "a1", "a2", "a3", "b1", "c1", "b2" }.Select(name => (name, turns.Enter(name[..1], [new(limit, "")], 0)))];

        Assert.Equal("a1 b1 c1 a2 b2 a3", Order(turns, running, waiting));
    }

    [Fact]
    public void Priority_GoesFirst()
    {
        using var turns = new TaskTurns(_clock);
        TaskLimit limit = Limit("l", concurrency: 1);
        TaskWaiter running = turns.Enter("first", [new(limit, "")], 0);
        (string Name, TaskWaiter Waiter)[] waiting =
            [.. new[] { ("low", -1.0), ("none", 0), ("high", 5), ("higher", 9) }.Select(one => (one.Item1, turns.Enter(one.Item1, [new(limit, "")], one.Item2)))];

        Assert.Equal("higher high none low", Order(turns, running, waiting));
    }

    [Fact]
    public void TaskUnderTwoLimits_ReservesNothingWhileItWaits()
    {
        using var turns = new TaskTurns(_clock);
        (TaskLimit all, TaskLimit customer) = (Limit("all", concurrency: 2), Limit("customer", concurrency: 1));
        TaskWaiter[] waiters = [.. "aab".Select(key => turns.Enter("e", [new(all, ""), new(customer, key.ToString())], 0))];

        Assert.Equal("101", Served(waiters));
        turns.Leave(waiters[0]);
        Assert.Equal("111", Served(waiters));
    }

    [Fact]
    public void WhoGivesUp_LeavesTheLine()
    {
        using var turns = new TaskTurns(_clock);
        TaskLimit limit = Limit("l", concurrency: 1);
        TaskWaiter[] waiters = [.. "abc".Select(key => turns.Enter(key.ToString(), [new(limit, "")], 0))];
        turns.Leave(waiters[1]);
        turns.Leave(waiters[0]);

        Assert.Equal("101", Served(waiters));
    }

    [Fact]
    public async Task Rate_StartsABurst_AndThenOneAfterTheOther()
    {
        var served = new List<string>();
        await _clock.RunAsync(async () =>
        {
            using var turns = new TaskTurns(_clock);
            TaskLimit limit = Limit("l", rate: 2);
            TaskWaiter[] waiters = [.. Enumerable.Range(0, 5).Select(_ => turns.Enter("e", [new(limit, "")], 0))];
            for (int step = 0; step < 4; step++)
            {
                served.Add(Served(waiters));
                await Task.Delay(TimeSpan.FromMilliseconds(505), _clock);
            }

            return true;
        });

        Assert.Equal(["11000", "11100", "11110", "11111"], served);
    }

    [Theory]
    [InlineData(null, null, null, "must have MaxConcurrency, RatePerSecond or both")]
    [InlineData(1, "customer", null, "'StepFlow:TaskLimits:l:Key' must be a JSONPath to one value")]
    [InlineData(1, null, "$..p", "'StepFlow:TaskLimits:l:Priority' must be a JSONPath to one value")]
    public void WrongSettings_AreRefused(int? concurrency, string? key, string? priority, string problem) => Assert.Contains(
        problem,
        Assert.Throws<FormatException>(() => new TaskLimit("l", new() { Resource = "*", MaxConcurrency = concurrency, Key = key, Priority = priority })).Message,
        StringComparison.Ordinal);

    private static TaskLimit Limit(string name, int? concurrency = null, double? rate = null) =>
        new(name, new() { Resource = "*", MaxConcurrency = concurrency, RatePerSecond = rate });

    private static string Served(IEnumerable<TaskWaiter> waiters) => string.Concat(waiters.Select(static waiter => waiter.Served.Task.IsCompleted ? '1' : '0'));

    private static string Order(TaskTurns turns, TaskWaiter running, (string Name, TaskWaiter Waiter)[] waiting)
    {
        var order = new List<string>();
        while (order.Count < waiting.Length)
        {
            turns.Leave(running);
            (string name, running) = Assert.Single(waiting, one => one.Waiter.Served.Task.IsCompleted && !order.Contains(one.Name));
            order.Add(name);
        }

        return string.Join(' ', order);
    }
}

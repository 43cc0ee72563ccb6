using StepFlow.Execution;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Runtime.Tests.MapRuns;

/// <summary>The counts are exact whenever they are read, and a change is reported once until then.</summary>
public sealed class MapRunTallyTests
{
    private readonly List<MapRunTally> _told = [];
    private readonly MapRunTally _tally;

    public MapRunTallyTests() => _tally = new(new("arn", new(), new()), _told.Add);

    [Fact]
    public void Progress_AfterEachChange_IsExact()
    {
        _tally.Found(7, 3);
        _tally.Running(2);
        _tally.Ended(2, ExecutionStatus.Failed);
        _tally.Running(4);
        Assert.Equal(new MapRunCounts { Pending = 1, Running = 4, Failed = 2 }, _tally.Progress.Items);
        Assert.Equal(new MapRunCounts { Pending = 1, Running = 1, Failed = 1 }, _tally.Progress.Executions);
    }

    [Fact]
    public void Change_ManyTimes_IsReportedOnceUntilItIsRead()
    {
        _tally.Found(1);
        _tally.Found(1);
        Assert.Single(_told);

        // Reading the counts does not affect the reports of changes.
        Assert.Equal(2, _tally.Progress.Items.Pending);
        _tally.Running(1);
        Assert.Single(_told);
        Assert.Equal(1, _tally.Read().Items.Running);
        Assert.Single(_told);
        _tally.Ended(1, ExecutionStatus.Succeeded);
        Assert.Equal([_tally, _tally], _told);
    }
}

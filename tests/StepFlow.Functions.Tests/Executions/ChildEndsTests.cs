using Microsoft.DurableTask.Client;
using Moq;
using StepFlow.Execution;
using StepFlow.Functions.Executions;
using StepFlow.Functions.Messages;
using StepFlow.Hosting.Compliance;

namespace StepFlow.Functions.Tests.Executions;

/// <summary>Map Runs receive one event for many children.</summary>
public sealed class ChildEndsTests
{
    private const string Run = "run";

    private readonly Mock<DurableTaskClient> _client = new("test");
    private readonly List<IReadOnlyList<EndedChild>> _events = [];
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReportAsync_OfManyChildren_SendsOneEvent()
    {
        ChildEnds ends = Open(OrchestrationRuntimeStatus.Running);
        await Task.WhenAll(Children(ChildEnds.MaxChildren).Select(child => ends.ReportAsync(Run, child, Cancelled)));

        Assert.Equal(Children(ChildEnds.MaxChildren), Assert.Single(_events));
    }

    [Fact]
    public async Task ReportAsync_OfMoreThanAnEventHolds_SendsEachOnce()
    {
        ChildEnds ends = Open(OrchestrationRuntimeStatus.Running);
        await Task.WhenAll(Children(2 * ChildEnds.MaxChildren).Select(child => ends.ReportAsync(Run, child, Cancelled)));

        Assert.Equal(2, _events.Count);
        Assert.Equal(Children(2 * ChildEnds.MaxChildren), _events.SelectMany(static children => children).OrderBy(static child => child.Index));
    }

    [Fact]
    public async Task ReportAsync_ToARunThatHasEnded_SendsNothing()
    {
        ChildEnds ends = Open(OrchestrationRuntimeStatus.Completed);
        await Task.WhenAll(Children(ChildEnds.MaxChildren).Select(child => ends.ReportAsync(Run, child, Cancelled)));

        Assert.Empty(_events);
    }

    private static IEnumerable<EndedChild> Children(int count) => Enumerable.Range(0, count).Select(static index => new EndedChild(index, ExecutionStatus.Succeeded, 1));

    [Fact]
    public async Task ReportAsync_OfFewChildren_SendsThemWhenTheWindowEnds()
    {
        ChildEnds ends = Open(OrchestrationRuntimeStatus.Running);
        var reports = Task.WhenAll(Children(2).Select(child => ends.ReportAsync(Run, child, Cancelled)));

        Assert.False(reports.IsCompleted);
        _clock.Advance(ChildEnds.Window);
        await reports;

        Assert.Equal(Children(2), Assert.Single(_events));
    }

    /// <summary>The clock stands: a window ends only where a test moves it.</summary>
    private ChildEnds Open(OrchestrationRuntimeStatus status)
    {
        _client.Setup(client => client.GetInstanceAsync(Run, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new OrchestrationMetadata("MapRunOrchestrator", Run) { RuntimeStatus = status });
        _client.Setup(client => client.RaiseEventAsync(Run, EventNames.EndedChildren, It.IsAny<object?>(), It.IsAny<CancellationToken>()))
            .Callback((string _, string _, object? payload, CancellationToken _) =>
            {
                lock (_events)
                {
                    _events.Add(((EndedChildren)payload!).Children);
                }
            })
            .Returns(Task.CompletedTask);
        var clients = new DurableClients();
        clients.Use(_client.Object);
        return new(clients, _clock);
    }
}

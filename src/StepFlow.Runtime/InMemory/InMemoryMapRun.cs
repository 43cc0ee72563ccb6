using StepFlow.Execution.Commands;
using StepFlow.Execution.Signals;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Runtime.InMemory;

/// <summary>The Map Run of an execution in memory. Its children are also in memory, on the same clock.</summary>
internal sealed class InMemoryMapRun(InMemoryRunner runner, InMemoryExecution parent, StartMapRun command) : IMapRunChildren
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        MapRunOutcome? outcome = await MapRunner.RunAsync(new()
        {
            Command = command,
            Parent = parent.Start,
            Children = this,
            Outcomes = new MemoryOutcomes(),
            Objects = runner.Objects,
            Clock = runner.Clock,
            Control = runner.MapRuns is { } control ? control.Control : null,
            Progress = runner.MapRuns is { } directory ? tally => directory.Report(parent.Start.ExecutionArn, tally) : null,
            Started = arn => parent.Post(new MapRunStarted(runner.Clock.GetUtcNow(), command.Id, arn)),
        }, cancellationToken);
        if (outcome is not null && !cancellationToken.IsCancellationRequested)
        {
            parent.Post(outcome.ToSignal(runner.Clock.GetUtcNow(), command.Id));
        }
    }

    public async Task<MapRunChildResult> RunAsync(MapRunChild child, CancellationToken stop, CancellationToken abandon)
    {
        if (!parent.Children.TryGetValue(child.Start.ExecutionArn, out InMemoryExecution? execution))
        {
            execution = runner.Start(child.Machine, parent.Request.ForChild(child.Start, string.Empty), null, CancellationToken.None);
            parent.Children[child.Start.ExecutionArn] = execution;
        }
        else if (child.IsRedriven && execution.Status is not (ExecutionStatus.Succeeded or ExecutionStatus.Running))
        {
            await execution.SignalAsync(new Redrive(runner.Clock.GetUtcNow()));
        }

        using (stop.Register(() => execution.Post(new Stop(runner.Clock.GetUtcNow(), null, null))))
        using (abandon.Register(() => execution.Abandon(new OperationCanceledException(abandon))))
        {
            await execution.Completion;
        }

        return new(execution.Status, execution.Output, execution.Error, execution.StopTime ?? runner.Clock.GetUtcNow());
    }
}

using StepFlow.Execution.Signals;

namespace StepFlow.Service.StateMachines;

/// <summary>Deletes state machines (DeleteStateMachine).</summary>
internal sealed class MachineRemover(MachineCatalog catalog, IExecutionHost host, TimeProvider time)
{
    /// <summary>Marks a machine, stops its executions, and deletes it once none runs. Until then it is DELETING.</summary>
    public async Task DeleteAsync(MachineRecord machine, CancellationToken cancellationToken)
    {
        MachineRecord? marked = await catalog.Machines.ChangeAsync(machine.Name, record => record.IsDeleting ? record : record with { IsDeleting = true }, cancellationToken);
        if (marked is null || await catalog.FinishDeletionAsync(marked, cancellationToken))
        {
            return;
        }

        string? after = null;
        do
        {
            var running = new ExecutionQuery { StateMachineArn = machine.Arn, Status = ExecutionStatus.Running, After = after };
            Page<ExecutionSummary> page = await host.ListAsync(running, cancellationToken);
            foreach (ExecutionSummary execution in page.Items)
            {
                await host.SignalAsync(execution.ExecutionArn, new Stop(time.GetUtcNow(), null, null), cancellationToken);
            }

            after = page.Next;
        }
        while (after is not null);

        await catalog.FinishDeletionAsync(marked, cancellationToken);
    }
}

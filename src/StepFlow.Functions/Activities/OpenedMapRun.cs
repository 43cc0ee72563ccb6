using StepFlow.Execution.Commands;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.Definitions;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>A Map Run as its activities see it.</summary>
/// <param name="Redrives">How often the execution was redriven before.</param>
internal sealed record OpenedMapRun(MapRunTask Task, StartMapRun Command, ExecutionStart Parent, MapRunNames Names, int Redrives)
{
    /// <summary>Opens a run. The command is in the snapshot of its execution.</summary>
    public static async Task<OpenedMapRun> OpenAsync(ExecutionStorage storage, MapRunTask run, CancellationToken cancellationToken)
    {
        string definition = (await storage.ReadTextAsync(run.Definition, cancellationToken))!;
        byte[] snapshot = await storage.ReadSnapshotAsync(run.Snapshot, cancellationToken);
        var execution = WorkflowExecution.Restore(CompiledMachines.Get(definition), snapshot);
        StartMapRun command = execution.Outstanding.OfType<StartMapRun>().Single(command => command.Id == run.CommandId);
        return new(run, command, execution.StartedWith, new(execution.StartedWith, command), execution.RedriveCount);
    }

    /// <summary>The record of the execution that runs the Map.</summary>
    public async Task<ExecutionRequest> RequestAsync(ExecutionStorage storage, CancellationToken cancellationToken) =>
        await storage.Records.FindAsync(Task.ExecutionArn, cancellationToken) is var (json, _)
            ? RecordJson.Read(json).Request
            : throw new InvalidOperationException($"{Task.ExecutionArn} has no record.");
}

using StepFlow.Execution;
using StepFlow.Execution.Signals;
using StepFlow.Local.Records;

namespace StepFlow.Local.Engine;

/// <summary>Brings an execution back into memory: its newest snapshot, and the signals after it.</summary>
internal static class ExecutionLoader
{
    /// <summary>The execution; null where there is none.</summary>
    public static ResidentExecution? Load(LocalEngine engine, string arn) => engine.Readers.Read(reader =>
    {
        if (reader.FindExecution(arn) is not { } stored)
        {
            return null;
        }

        ExecutionStart start = StartRecord.Read(stored.Row.Start, new ValueReader(reader.Payload));
        PinnedDefinition definition = engine.Definitions.Get(stored.Row.Definition, start.IsExpress);
        (long TurnId, long LastEvent, byte[] Data)? snapshot = reader.FindSnapshot(stored.Row.Id);
        WorkflowExecution workflow = snapshot is { } taken
            ? WorkflowExecution.Restore(definition.Machine, taken.Data)
            : WorkflowExecution.Start(definition.Machine, start).Execution;
        DateTimeOffset last = start.StartTime;
        int turns = 0;
        foreach (byte[] turn in reader.TurnsAfter(stored.Row.Id, snapshot?.LastEvent ?? 0, snapshot?.TurnId ?? 0))
        {
            (DateTimeOffset time, Signal? signal) = TurnRecord.ReadSignal(turn, new ValueReader(reader.Payload));
            if (signal is not null)
            {
                workflow.Advance(signal);
            }

            last = time;
            turns++;
        }

        var execution = new ResidentExecution(stored.Row.Id, start, definition, workflow) { LastTime = last, TurnsSinceSnapshot = turns };
        execution.Recover(stored.Progress);
        return execution;
    });
}

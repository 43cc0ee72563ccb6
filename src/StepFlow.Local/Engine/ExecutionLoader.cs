using StepFlow.Execution.Signals;
using StepFlow.Local.Journal;
using StepFlow.Local.Records;

namespace StepFlow.Local.Engine;

/// <summary>Brings an execution back into memory: its newest snapshot, and the signals after it.</summary>
internal static class ExecutionLoader
{
    public static ResidentExecution? Load(LocalEngine engine, string arn, PendingWork pending) => engine.Readers.Read(
        reader => Load(reader, engine.Definitions.Text, engine.Definitions.Get, arn, pending));

    /// <summary>The execution; null if there is none.</summary>
    /// <param name="reader">The data file.</param>
    /// <param name="text">Gives the text of a definition by its number.</param>
    /// <param name="pin">Gives the definition of a text, for Express machines or others.</param>
    /// <param name="pending">Receives the commands that it waits for.</param>
    public static ResidentExecution? Load(
        JournalReader reader, Func<long, string> text, Func<string, bool, PinnedDefinition> pin, string arn, PendingWork pending)
    {
        if (reader.FindExecution(arn) is not { } stored)
        {
            return null;
        }

        ExecutionRequest request = ExecutionRows.ToRequest(reader, stored.Row, text(stored.Row.Definition));
        PinnedDefinition definition = pin(request.Definition, request.Start.IsExpress);
        (long TurnId, long LastEvent, byte[] Data)? snapshot = reader.FindSnapshot(stored.Row.Id);
        (WorkflowExecution workflow, long steps) = snapshot is { } taken
            ? (SnapshotRecord.Read(taken.Data, definition.Machine, pending.MarkSubmitted), 0)
            : Begin(definition, request);
        DateTimeOffset last = request.Start.StartTime;
        int turns = 0;
        Signal? accepted = null;
        foreach (byte[] turn in reader.TurnsAfter(stored.Row.Id, snapshot?.LastEvent ?? 0, snapshot?.TurnId ?? 0))
        {
            (DateTimeOffset time, Signal? signal, bool isAccepted) = TurnRecord.ReadSignal(turn, new ValueReader(reader));
            accepted = isAccepted ? signal : null;
            if (signal is not null && !isAccepted)
            {
                steps += workflow.Advance(signal).Steps;
                pending.Complete(signal);
            }

            last = time;
            turns++;
        }

        return new ResidentExecution(stored.Row.Id, request, definition, workflow)
        {
            LastTime = last,
            TurnsSinceSnapshot = turns,
            StepsSinceSnapshot = steps,
            Written = stored.Progress,
            Accepted = accepted,
        };
    }

    private static (WorkflowExecution Workflow, long Steps) Begin(PinnedDefinition definition, ExecutionRequest request)
    {
        (WorkflowExecution workflow, Turn first) = WorkflowExecution.Start(definition.Machine, request.Start);
        return (workflow, first.Steps);
    }
}

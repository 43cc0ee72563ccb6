using StepFlow.Language.Compilation;

namespace StepFlow.Local.Records;

/// <summary>A snapshot in the journal: the snapshot of the execution, and which of its tasks were accepted.</summary>
internal static class SnapshotRecord
{
    private const byte Version = 1;

    public static byte[] Write(WorkflowExecution workflow, IReadOnlyCollection<string> submitted)
    {
        using var record = new RecordWriter();
        record.Byte(Version).Unsigned(submitted.Count);
        foreach (string id in submitted)
        {
            record.Text(id);
        }

        return record.Bytes(workflow.Capture()).Written.ToArray();
    }

    public static WorkflowExecution Read(ReadOnlySpan<byte> data, StateMachine machine, Action<string> submitted)
    {
        var record = new RecordReader(data);
        if (record.Byte() != Version)
        {
            throw RecordReader.Damaged();
        }

        for (int count = record.Int32(); count > 0; count--)
        {
            submitted(record.Text());
        }

        return WorkflowExecution.Restore(machine, record.Bytes());
    }
}

using StepFlow.Local.Records;

namespace StepFlow.Local.Journal;

/// <summary>Records how some children of a Map Run ended.</summary>
internal sealed class OutcomesWrite(long run, IReadOnlyList<MapChildRow> children) : JournalWrite
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the outcomes are durable.</summary>
    public Task Done => _done.Task;

    public override long Size { get; } = children.Sum(static child => child.Size);

    public override void Apply(JournalStatements statements)
    {
        MapChildRow? last = children.Where(static child => child.Next is not null).MaxBy(static child => child.Index);
        foreach (MapChildRow child in children)
        {
            statements.MapRuns.Put(run, child, ReferenceEquals(child, last) ? PositionRecord.Write(last.Next!) : null);
        }
    }

    public override void Committed() => _done.TrySetResult();

    public override void Failed(Exception reason) => _done.TrySetException(reason);
}

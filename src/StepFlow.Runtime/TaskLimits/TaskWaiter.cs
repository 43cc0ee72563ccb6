namespace StepFlow.Runtime.TaskLimits;

/// <summary>A task that waits for its turn.</summary>
/// <param name="Shares">What it takes.</param>
/// <param name="Priority">Its priority; the largest goes first.</param>
/// <param name="Turn">Its turn among those of the same priority: executions take turns.</param>
/// <param name="Number">How many came before it.</param>
internal sealed record TaskWaiter(string ExecutionArn, IReadOnlyList<TaskShare> Shares, double Priority, long Turn, long Number) : IComparable<TaskWaiter>
{
    /// <summary>Completed when it may run.</summary>
    public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int CompareTo(TaskWaiter? other) => other is null ? 1 : (-Priority, Turn, Number).CompareTo((-other.Priority, other.Turn, other.Number));
}

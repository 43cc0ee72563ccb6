namespace StepFlow.Runtime.TaskLimits;

/// <summary>A task that waits for its turn.</summary>
/// <param name="Shares">The shares that it needs.</param>
/// <param name="Priority">Its priority. The highest is first.</param>
/// <param name="Turn">Its turn among tasks of the same priority, because executions take turns.</param>
/// <param name="Number">The number of tasks before it.</param>
internal sealed record TaskWaiter(string ExecutionArn, IReadOnlyList<TaskShare> Shares, double Priority, long Turn, long Number) : IComparable<TaskWaiter>
{
    /// <summary>Completed when it may run.</summary>
    public TaskCompletionSource Served { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int CompareTo(TaskWaiter? other) => other is null ? 1 : (-Priority, Turn, Number).CompareTo((-other.Priority, other.Turn, other.Number));
}

using StepFlow.Integrations.Tasks;

namespace StepFlow.Functions.Tests.TaskHub;

/// <summary>Counts what tasks one instance of the app runs.</summary>
internal sealed class CountedTasks(ITaskRunner tasks) : ITaskRunner
{
    private int _count;

    public int Count => _count;

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return tasks.RunAsync(call, cancellationToken);
    }
}

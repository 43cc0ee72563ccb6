using StepFlow.Integrations.Tasks;

namespace StepFlow.Benchmarks.Azure;

/// <summary>Tasks that give their arguments back: what is measured is everything around them.</summary>
internal sealed class EchoTasks : ITaskRunner
{
    private long _count;

    /// <summary>The number of tasks that were run.</summary>
    public long Count => Interlocked.Read(ref _count);

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _count);
        return Task.FromResult<TaskOutcome>(new TaskCompleted(call.Arguments));
    }
}

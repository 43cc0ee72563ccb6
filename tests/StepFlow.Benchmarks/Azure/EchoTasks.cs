using StepFlow.Integrations.Tasks;

namespace StepFlow.Benchmarks.Azure;

/// <summary>Tasks that give their arguments back: what is measured is everything around them.</summary>
internal sealed class EchoTasks : ITaskRunner
{
    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => Task.FromResult<TaskOutcome>(new TaskCompleted(call.Arguments));
}

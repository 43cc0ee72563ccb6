using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Durable;

/// <summary>A task that does nothing but count: what is measured is everything around it.</summary>
internal sealed class CountingTasks : ITaskRunner
{
    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        ((JsonNumber)((JsonObject)call.Arguments)["n"]!).TryGetInt64(out long n);
        return Task.FromResult<TaskOutcome>(new TaskCompleted(JsonObject.Create(("n", n + 1))));
    }
}

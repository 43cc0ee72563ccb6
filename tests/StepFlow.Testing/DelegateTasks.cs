using StepFlow.Integrations.Tasks;

namespace StepFlow.Testing;

/// <summary>Tasks whose outcome a test defines.</summary>
public sealed class DelegateTasks(Func<TaskCall, CancellationToken, Task<TaskOutcome>> run) : ITaskRunner
{
    public DelegateTasks(Func<TaskCall, TaskOutcome> run)
        : this((call, _) => Task.FromResult(run(call)))
    {
    }

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => run(call, cancellationToken);
}

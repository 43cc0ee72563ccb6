using Microsoft.DurableTask;

namespace StepFlow.Functions.Orchestration;

/// <summary>The clock of an orchestration: the same on every replay.</summary>
internal sealed class OrchestrationClock(TaskOrchestrationContext context) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(context.CurrentUtcDateTime, TimeSpan.Zero);
}

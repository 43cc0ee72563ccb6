using StepFlow.Integrations.Tasks;

namespace StepFlow.Runtime.Tasks;

/// <summary>Receives what a call reports while it runs. Null for what is not needed.</summary>
/// <param name="Submitted"><see cref="TaskCall.Submitted"/>.</param>
/// <param name="Progress"><see cref="TaskCall.Progress"/>.</param>
/// <param name="WaitsForTurn"><see cref="TaskCall.WaitsForTurn"/>.</param>
public readonly record struct TaskNotices(
    Func<JsonValue, CancellationToken, Task>? Submitted = null, Action<TaskProgress>? Progress = null, Action<bool>? WaitsForTurn = null);

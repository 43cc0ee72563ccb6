using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>An orchestration instance as the back end keeps it.</summary>
public sealed class DurableInstance(string id, string name, string? input, string? parentId, int parentActionId, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string? Input { get; set; } = input;

    public string? ParentId { get; } = parentId;

    public int ParentActionId { get; } = parentActionId;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset StartedAt { get; set; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>What happened in this generation, in order.</summary>
    public List<DurableEvent> History { get; } = [];

    /// <summary>What was asked for in this generation, by action id.</summary>
    public List<DurableAction> Actions { get; } = [];

    /// <summary>Timers that were cancelled, by action id.</summary>
    public HashSet<int> CancelledTimers { get; } = [];

    public string? Output { get; set; }

    public string? CustomStatus { get; set; }

    public Microsoft.DurableTask.TaskFailureDetails? Failure { get; set; }

    /// <summary>How often it continued as new.</summary>
    public int Generation { get; set; }

    public bool IsCompleted => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

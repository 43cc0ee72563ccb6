using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>An orchestration instance as the back end keeps it.</summary>
public sealed class DurableInstance(string id, string name, string? input, DateTimeOffset createdAt)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string? Input { get; set; } = input;

    /// <summary>The instance that it is a sub-orchestration of, and the action and the generation there; null for none.</summary>
    public (DurableInstance Instance, int ActionId, int Generation)? Parent { get; init; }

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public OrchestrationRuntimeStatus Status { get; set; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>The episodes of this generation.</summary>
    public List<DurableEpisode> History { get; } = [];

    /// <summary>What happened since the last episode.</summary>
    public List<DurableEvent> Inbox { get; } = [];

    public string? Output { get; set; }

    public string? CustomStatus { get; set; }

    public TaskFailureDetails? Failure { get; set; }

    /// <summary>How often it continued as new.</summary>
    public int Generation { get; set; }

    public bool IsCompleted => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>Everything that was asked for in this generation, in order.</summary>
    public IEnumerable<DurableAction> Requested => History.SelectMany(episode => episode.Requested);

    /// <summary>The messages and the requested actions of each turn of this generation, for the report of a failure that is rare.</summary>
    public string Describe() => $"Generation {Generation}: " + string.Join("; ", History.Select(episode =>
        $"{episode.Time:HH:mm:ss.fff} [{string.Join(", ", episode.Happened.Select(happened => happened.EventName ?? $"{happened.ActionId}"))}] → "
        + $"[{string.Join(", ", episode.Requested.Select(action => $"{action.Id} {action.Kind} {action.Name}"))}]"));
}

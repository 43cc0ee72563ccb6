using DurableTask.AzureStorage;
using DurableTask.Core;

namespace StepFlow.Functions.TaskHub;

/// <summary>A task hub in a storage account, with the settings of <c>host.json</c> but for intervals, which are short: tests wait for them.</summary>
public sealed record HubSettings
{
    /// <summary>The storage account.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The hub's name: letters and digits, at most 45.</summary>
    public required string Name { get; init; }

    /// <summary>The worker's name. Each has its own: two workers of one name look to the back end like one that has two minds.</summary>
    public required string WorkerId { get; init; }

    /// <summary>How many partitions the hub has, 1 to 16: as many workers can share its orchestrations.</summary>
    public int Partitions { get; init; } = 2;

    /// <summary>How long a message that was taken and not finished is hidden from others.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often queues are asked at the least.</summary>
    public TimeSpan Polling { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The back end.</summary>
    public AzureStorageOrchestrationService Open() => new(new()
    {
        StorageAccountClientProvider = new(ConnectionString),
        TaskHubName = Name,
        WorkerId = WorkerId,
        PartitionCount = Partitions,
        ControlQueueVisibilityTimeout = Visibility,
        WorkItemQueueVisibilityTimeout = Visibility,
        MaxQueuePollingInterval = Polling,
        LeaseAcquireInterval = TimeSpan.FromSeconds(1),
        LeaseRenewInterval = TimeSpan.FromSeconds(3),
        LeaseInterval = TimeSpan.FromSeconds(15),
        UseAppLease = false,
        MaxConcurrentTaskActivityWorkItems = 10,
        MaxConcurrentTaskOrchestrationWorkItems = 10,
        EventBehaviourForContinueAsNew = BehaviorOnContinueAsNew.Carryover,
        ThrowExceptionOnInvalidDedupeStatus = true,
    });
}

using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Tests.Durable;

/// <summary>The client of a <see cref="DurableDouble"/>.</summary>
public sealed class DurableClientDouble(DurableDouble back) : DurableTaskClient("double")
{
    /// <summary>Whether nothing can be scheduled: an outage of the back end.</summary>
    public bool IsDown { get; set; }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (IsDown)
        {
            throw new Azure.RequestFailedException(503, "The back end is down.");
        }

        string id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        if (options?.DedupeStatuses is { Count: > 0 } && back.Find(id) is not null)
        {
            throw new InvalidOperationException($"An instance {id} exists.");
        }

        back.Schedule(orchestratorName.Name, id, input);
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        back.Raise(instanceId, eventName, eventPayload);
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Metadata(back.Find(instanceId)!));

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Metadata(await back.WaitAsync(instanceId).WaitAsync(cancellation));

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        back.Terminate(instanceId, options?.Output, options?.Recursive ?? false);
        return Task.CompletedTask;
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException("The app never suspends an instance.");

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException("The app never resumes an instance.");

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(back.Find(instanceId) is { } instance ? Metadata(instance) : null);

    public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create<OrchestrationMetadata>((_, _) => Task.FromResult(new Page<OrchestrationMetadata>(
            [.. back.All().Select(Metadata).Where(i => filter?.Statuses is not { } wanted || wanted.Contains(i.RuntimeStatus))])));

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        bool there = back.Find(instanceId) is not null;
        back.Purge(instanceId);
        return Task.FromResult(new PurgeResult(there ? 1 : 0));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private OrchestrationMetadata Metadata(DurableInstance instance) => new(instance.Name, instance.Id)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.UpdatedAt,
        SerializedInput = instance.Input,
        SerializedOutput = instance.Output,
        SerializedCustomStatus = instance.CustomStatus,
        FailureDetails = instance.Failure,
        DataConverter = back.Converter,
    };
}

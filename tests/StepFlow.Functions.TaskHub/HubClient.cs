using System.Text.Json;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace StepFlow.Functions.TaskHub;

/// <summary>The client of a task hub: what the Functions host does for the worker's client.</summary>
/// <param name="hub">The hub.</param>
public sealed class HubClient(AzureStorageOrchestrationService hub) : DurableTaskClient("hub")
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static DataConverter Converter => WorkerServices.Options.DataConverter;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        string id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        var instance = new OrchestrationInstance { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        var started = new ExecutionStartedEvent(-1, Converter.Serialize(input))
        {
            Name = orchestratorName.Name,
            Version = string.Empty,
            OrchestrationInstance = instance,
        };
        OrchestrationStatus[] dedupe = [.. (options?.DedupeStatuses ?? []).Select(Enum.Parse<OrchestrationStatus>)];
        try
        {
            await hub.CreateTaskOrchestrationAsync(new TaskMessage { OrchestrationInstance = instance, Event = started }, dedupe);
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }

        return id;
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        RaiseTextAsync(instanceId, eventName, Converter.Serialize(eventPayload));

    /// <summary>Raises an event whose payload may be anything, as the HTTP API of Durable Functions does.</summary>
    public Task RaiseTextAsync(string instanceId, string eventName, string? payload) =>
        SendAsync(instanceId, new EventRaisedEvent(-1, payload) { Name = eventName });

    /// <summary>How many events the history of an instance's present generation has.</summary>
    public async Task<int> CountEventsAsync(string instanceId)
    {
        using JsonDocument history = JsonDocument.Parse(await hub.GetOrchestrationHistoryAsync(instanceId, null));
        return history.RootElement.GetArrayLength();
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation) is { RuntimeStatus: not OrchestrationRuntimeStatus.Pending } instance)
            {
                return instance;
            }

            await Task.Delay(Interval, cancellation);
        }
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation) is { IsCompleted: true } instance)
            {
                return instance;
            }

            await Task.Delay(Interval, cancellation);
        }
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        hub.ForceTerminateTaskOrchestrationAsync(instanceId, Converter.Serialize(options?.Output));

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumedEvent(-1, reason));

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        await hub.GetOrchestrationStateAsync(instanceId, allExecutions: false) is [{ } state, ..] ? Metadata(state, getInputsAndOutputs) : null;

    public override Microsoft.DurableTask.AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create<OrchestrationMetadata>(async (continuation, size, cancellation) =>
        {
            OrchestrationQueryResult found = await hub.GetOrchestrationWithQueryAsync(
                new()
                {
                    RuntimeStatus = filter?.Statuses?.Select(status => (OrchestrationStatus)(int)status).ToList(),
                    PageSize = size ?? filter?.PageSize ?? OrchestrationQuery.DefaultPageSize,
                    ContinuationToken = continuation ?? filter?.ContinuationToken,
                },
                cancellation);
            return new Page<OrchestrationMetadata>([.. found.OrchestrationState.Select(state => Metadata(state, withData: false))], found.ContinuationToken);
        });

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new((await hub.PurgeInstanceHistoryAsync(instanceId)).InstancesDeleted);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata Metadata(OrchestrationState state, bool withData) => new(state.Name, state.OrchestrationInstance.InstanceId)
    {
        // The two enumerations have the same values.
        RuntimeStatus = (OrchestrationRuntimeStatus)(int)state.OrchestrationStatus,
        CreatedAt = new(DateTime.SpecifyKind(state.CreatedTime, DateTimeKind.Utc)),
        LastUpdatedAt = new(DateTime.SpecifyKind(state.LastUpdatedTime, DateTimeKind.Utc)),
        SerializedInput = withData ? state.Input : null,
        SerializedOutput = withData ? state.Output : null,
        SerializedCustomStatus = withData ? state.Status : null,
        FailureDetails = state.OrchestrationStatus == OrchestrationStatus.Failed ? Failure(state.Output) : null,
        DataConverter = withData ? Converter : null,
    };

    /// <summary>This back end keeps failure details as the output's text.</summary>
    private static TaskFailureDetails Failure(string? output)
    {
        try
        {
            if (output is not null && JsonDocument.Parse(output).RootElement is { ValueKind: JsonValueKind.Object } details
                && details.TryGetProperty("ErrorMessage", out JsonElement message))
            {
                return new(details.GetProperty("ErrorType").GetString()!, message.GetString()!, null, null, null);
            }
        }
        catch (JsonException)
        {
            // A message, and no more.
        }

        return new("Unknown", output ?? string.Empty, null, null, null);
    }

    private Task SendAsync(string instanceId, HistoryEvent happened) => hub.SendTaskOrchestrationMessageAsync(
        new TaskMessage { OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId }, Event = happened });
}

using Microsoft.DurableTask.Client;
using StepFlow.Execution;
using StepFlow.Functions.Orchestration;
using StepFlow.Runtime.Ports;

namespace StepFlow.Functions.Hosting;

/// <summary>What an orchestration's instance tells of its execution.</summary>
internal static class InstanceView
{
    /// <summary>What the orchestration shows; null where it shows nothing yet, or was read without it.</summary>
    public static ProgressStatus? Status(OrchestrationMetadata instance) =>
        instance is { SerializedCustomStatus: not null, DataConverter: not null } ? instance.ReadCustomStatusAs<ProgressStatus>() : null;

    /// <summary>The record of a running execution, brought up to date.</summary>
    /// <param name="record">The record.</param>
    /// <param name="instance">Its instance; null where there is none yet.</param>
    public static ExecutionRecord Apply(ExecutionRecord record, OrchestrationMetadata? instance) => instance switch
    {
        // Not the workflow's failure: an outage or a bug that outlived every repetition.
        { RuntimeStatus: OrchestrationRuntimeStatus.Failed } => record with
        {
            Status = ExecutionStatus.Failed,
            Error = HostErrors.HostFailure,
            Cause = instance.FailureDetails?.ErrorMessage,
            StopTime = instance.LastUpdatedAt,
        },
        { RuntimeStatus: OrchestrationRuntimeStatus.Terminated } => record with
        {
            Status = ExecutionStatus.Aborted,
            StopTime = instance.LastUpdatedAt,
        },
        not null => record with { EventCount = Math.Max(record.EventCount, Status(instance)?.Events ?? 0) },
        null => record,
    };
}

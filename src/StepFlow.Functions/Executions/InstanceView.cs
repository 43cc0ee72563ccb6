using Microsoft.DurableTask.Client;
using StepFlow.Functions.Messages;

namespace StepFlow.Functions.Executions;

/// <summary>What an orchestration's instance tells of its execution.</summary>
internal static class InstanceView
{
    /// <summary>What the orchestration shows; null where it shows nothing yet, or was read without it.</summary>
    public static ProgressStatus? Status(OrchestrationMetadata instance) =>
        instance is { SerializedCustomStatus: not null, DataConverter: not null } ? instance.ReadCustomStatusAs<ProgressStatus>() : null;
}

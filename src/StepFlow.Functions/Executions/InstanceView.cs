using Microsoft.DurableTask.Client;

namespace StepFlow.Functions.Executions;

/// <summary>Reads the status and the output of an orchestration instance.</summary>
internal static class InstanceView
{
    /// <summary>The custom status; null if there is none, or if the instance was read without it.</summary>
    public static T? Status<T>(OrchestrationMetadata instance)
        where T : class => instance is { SerializedCustomStatus: not null, DataConverter: not null } ? instance.ReadCustomStatusAs<T>() : null;

    /// <summary>Whether an instance runs, and may wait for a task.</summary>
    public static bool MayWaitFor(OrchestrationMetadata? instance, string taskId) =>
        instance is { IsCompleted: false } && Status<ProgressStatus>(instance)?.MayWaitFor(taskId) != false;

    /// <summary>How the execution of an instance that has completed succeeded; null where it did not, where the instance runs or was read without its output, and where an activity stored its end.</summary>
    public static ExecutionEnd? End(OrchestrationMetadata instance)
    {
        if (instance is not { RuntimeStatus: OrchestrationRuntimeStatus.Completed, SerializedOutput: not null, DataConverter: not null })
        {
            return null;
        }

        try
        {
            return instance.ReadOutputAs<ExecutionEnd>();
        }
        catch (System.Text.Json.JsonException)
        {
            // The output of an older version of the app is that of the execution itself.
            return null;
        }
    }
}

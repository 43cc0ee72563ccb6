using StepFlow.Language.Validation;

namespace StepFlow.Language.Flow;

/// <summary>Tasks that wait for a report and have no timeout. If the report is lost, they wait for a year.</summary>
internal static class EndlessWaits
{
    public static void Check(StateMachineDefinition machine, DiagnosticBag findings)
    {
        if (machine.TimeoutSeconds is not null)
        {
            return;
        }

        foreach (TaskState task in StateTree.All(machine.Graph).OfType<TaskState>())
        {
            bool isBounded = task.TimeoutSeconds is not null || task.TimeoutSecondsPath is not null || task.HeartbeatSeconds is not null || task.HeartbeatSecondsPath is not null;
            if (!isBounded && task.Resource is { } text && TaskResource.Parse(text) is { Pattern: TaskPattern.WaitForTaskToken } or { Kind: TaskResourceKind.Activity })
            {
                findings.Warning(DiagnosticCodes.EndlessWait, DiagnosticMessages.EndlessWait, task.Location);
            }
        }
    }
}

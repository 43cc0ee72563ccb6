namespace StepFlow.Language.Validation;

/// <summary>An Express machine has no task that waits for a job, a token or an activity, and no distributed Map.</summary>
internal sealed class ExpressRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        if (context.Type != StateMachineType.Express)
        {
            return;
        }

        if (state is MapState { IsDistributed: true })
        {
            context.Diagnostics.Schema(DiagnosticMessages.ExpressDistributedMap, state.Location);
        }

        if (state is not TaskState { Resource: { } text })
        {
            return;
        }

        TaskResource resource = TaskResource.Parse(text);
        string? message = resource.Pattern switch
        {
            TaskPattern.Sync or TaskPattern.Sync2 => DiagnosticMessages.ExpressSync,
            TaskPattern.WaitForTaskToken => DiagnosticMessages.ExpressWaitForTaskToken,
            _ => resource.Kind == TaskResourceKind.Activity ? DiagnosticMessages.ExpressActivity : null,
        };
        if (message is not null)
        {
            context.Diagnostics.Schema(message, state.Location + "/Resource");
        }
    }
}

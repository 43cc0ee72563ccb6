namespace StepFlow.Integrations.Rest;

/// <summary>
/// <c>azure:logicapps:triggerWorkflow</c>: calls the request trigger of the Logic App that is the REST target <c>Workflow</c> (its
/// callback address) with <c>Body</c>. The result is the workflow's response. With <c>.sync</c> a task waits for a response that
/// comes later (202 with <c>Location</c>).
/// </summary>
internal sealed class TriggerLogicApp(RestServices services) : ITaskIntegration
{
    public string Name => "azure:logicapps:triggerWorkflow";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string workflow = arguments.RequiredText("Workflow");
        return arguments.Problem is { } problem
            ? new TaskRejected("LogicApps.InvalidArgument", problem)
            : await services.RunAsync(
                call,
                "LogicApps",
                workflow,
                "WorkflowNotFound",
                target => new(HttpMethod.Post, RestServices.Below(target, string.Empty)) { Body = arguments.Value("Body") ?? JsonObject.Empty },
                static response => response.Body,
                cancellationToken);
    }
}

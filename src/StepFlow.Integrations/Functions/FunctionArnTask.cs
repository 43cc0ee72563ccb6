namespace StepFlow.Integrations.Functions;

/// <summary>A function ARN as a Resource: the state's input is the payload, and the function's result is the state's result (Step Functions developer guide, "Call Lambda with an ARN").</summary>
internal sealed class FunctionArnTask(FunctionInvoker functions) : ITaskIntegration
{
    public string Name => TaskRouter.FunctionArn;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        FunctionResult result = await functions.RunAsync(call, FunctionName.Parse(call.Resource.Text), call.Arguments, cancellationToken);
        return result is FunctionSucceeded succeeded ? new TaskCompleted(succeeded.Payload) : functions.NotReturned(call, result);
    }
}

using StepFlow.Execution.Signals;
using StepFlow.Runtime.Documents;
using StepFlow.Runtime.Express;
using StepFlow.Service.Executions;

namespace StepFlow.Service.Operations;

/// <summary>
/// Stops an execution; one that has ended stays as it is (StopExecution). Beyond Step Functions it stops an Express
/// execution too, as long as that runs on this host.
/// </summary>
internal sealed class StopExecution(ExecutionFinder finder, IExecutionHost host, ExpressExecutions express, ExecutionActors actors, TimeProvider time) : Operation(
    OperationAccess.Operate,
    Member.Required("executionArn", Shapes.Arn),
    Member.Optional("error", Shapes.Error),
    Member.Optional("cause", Shapes.Cause))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        if (await express.StopAsync(request.RequiredText("executionArn"), request.Text("error"), request.Text("cause")))
        {
            return JsonObject.Create(("stopDate", time.GetUtcNow().ToWire()));
        }

        ExecutionRecord execution = await finder.GetAsync(request.RequiredText("executionArn"), cancellationToken);
        string arn = execution.Start.ExecutionArn;
        if (execution.Status == ExecutionStatus.Running)
        {
            await actors.StoreStopAsync(execution, caller.Name, cancellationToken);
        }

        await host.SignalAsync(arn, new Stop(time.GetUtcNow(), request.Text("error"), request.Text("cause")), cancellationToken);
        ExecutionRecord stopped = await host.FindAsync(arn, cancellationToken) ?? execution;
        return JsonObject.Create(("stopDate", (stopped.StopTime ?? time.GetUtcNow()).ToWire()));
    }
}

using StepFlow.Integrations.Executions;
using StepFlow.Runtime.Documents;

namespace StepFlow.Service.Tasks;

/// <summary>Starts executions for tasks and watchers through the service.</summary>
public sealed class ServiceExecutionStarter(ServiceCalls calls) : IExecutionStarter
{
    public async Task<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken)
    {
        JsonObject call = new JsonObjectBuilder()
            .Set("stateMachineArn", request.StateMachineArn)
            .Set("input", request.Input)
            .SetIfPresent("name", request.Name)
            .SetIfPresent("traceHeader", request.TraceHeader)
            .Build();
        var caller = new CallerContext { ParentExecutionArn = request.Parent?.ExecutionArn, ParentTask = request.Parent?.IdempotencyKey };
        ApiResult result = await calls.InvokeAsync("StartExecution", call, caller, cancellationToken);
        return result.IsSuccess
            ? new Started(result.Response.RequiredText("executionArn"), Instants.FromWire(result.Response["startDate"]!))
            : new StartRefused(result.Error.Code, result.Error.Message);
    }
}

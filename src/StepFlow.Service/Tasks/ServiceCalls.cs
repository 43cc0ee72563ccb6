using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Service.Tasks;

/// <summary>
/// Calls of the service by tasks. Lazy, because the service needs a host, the host needs tasks, and tasks call the
/// service. The service is created at the first call.
/// </summary>
public sealed class ServiceCalls(Lazy<StepFunctionsService> service)
{
    /// <summary>Performs an operation for a task. An outage of the service does not fail the task: the host repeats the task.</summary>
    /// <param name="operation">The operation's name in the API model.</param>
    /// <exception cref="TaskOutageException">The service is not available for now.</exception>
    public async Task<ApiResult> InvokeAsync(string operation, JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ApiResult result = await service.Value.InvokeAsync(operation, request, caller, cancellationToken);
        return result.Error is { Status: StatusCodes.Status503ServiceUnavailable } outage ? throw new TaskOutageException(outage.Message) : result;
    }

    /// <summary>The shape of the requests of an operation of the Step Functions API; null for an unknown operation.</summary>
    internal StructureShape? ShapeOf(string operation) => service.Value.Operations.Contains(operation) ? service.Value.ShapeOf(operation) : null;

    /// <summary>Waits until an execution has ended, and returns it; null if there is none.</summary>
    internal Task<ExecutionRecord?> WaitAsync(string executionArn, CancellationToken cancellationToken) => service.Value.Host.WaitAsync(executionArn, cancellationToken);

    /// <summary>Stops an execution whose task was cancelled. Does nothing if it has ended in the meantime.</summary>
    internal Task StopAsync(string executionArn) =>
        service.Value.InvokeAsync("StopExecution", JsonObject.Create(("executionArn", executionArn)), CallerContext.Internal, CancellationToken.None);
}

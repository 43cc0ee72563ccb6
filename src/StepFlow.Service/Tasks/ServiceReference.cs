using Microsoft.AspNetCore.Http;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Service.Tasks;

/// <summary>
/// Leads from tasks to the service. The service needs a host, the host needs tasks, and tasks call the service: this
/// closes the circle once all three are there.
/// </summary>
/// <param name="find">Gives the service where nobody has set it; null where somebody will.</param>
public sealed class ServiceReference(Func<StepFunctionsService>? find = null)
{
    private StepFunctionsService? _service;

    /// <summary>The service.</summary>
    /// <exception cref="InvalidOperationException">It is not set yet.</exception>
    public StepFunctionsService Service
    {
        get => _service ??= find?.Invoke() ?? throw new InvalidOperationException("The service is not there yet.");
        set => _service = value;
    }

    /// <summary>Performs an operation for a task. The service's outages are not the task's failures: the host repeats the task.</summary>
    /// <param name="operation">The operation's name in the API model.</param>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">The task was given up.</param>
    /// <exception cref="TaskOutageException">The service is not available for now.</exception>
    public async Task<ApiResult> InvokeAsync(string operation, JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        ApiResult result = await Service.InvokeAsync(operation, request, caller, cancellationToken);
        return result.Error is { Status: StatusCodes.Status503ServiceUnavailable } outage ? throw new TaskOutageException(outage.Message) : result;
    }
}

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
}

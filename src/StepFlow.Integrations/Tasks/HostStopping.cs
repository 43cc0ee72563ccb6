namespace StepFlow.Integrations.Tasks;

/// <summary>Tells tasks that are cancelled whether only the host stops: what they started elsewhere goes on then.</summary>
/// <param name="Token">Cancelled when the host stops.</param>
public sealed record HostStopping(CancellationToken Token);

namespace StepFlow.Integrations.Tasks;

/// <summary>Shows cancelled tasks whether the host is stopping. Then jobs that they started continue.</summary>
/// <param name="Token">Cancelled when the host stops.</param>
public sealed record HostStopping(CancellationToken Token);

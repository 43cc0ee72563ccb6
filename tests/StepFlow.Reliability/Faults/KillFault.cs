using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Faults;

/// <summary>SIGKILL, and a start on the same data.</summary>
internal sealed class KillFault(ServerUnderTest server) : IFault
{
    public string Name => FaultCatalog.Kill;

    public Task StrikeAsync(Random random, CancellationToken cancellationToken) => server.KillAsync(cancellationToken);
}

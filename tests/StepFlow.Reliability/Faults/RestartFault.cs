using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Faults;

/// <summary>SIGTERM, an orderly stop, and a start on the same data.</summary>
internal sealed class RestartFault(ServerUnderTest server) : IFault
{
    public string Name => FaultCatalog.Restart;

    public Task StrikeAsync(Random random, CancellationToken cancellationToken) => server.RestartAsync(cancellationToken);
}

using StepFlow.Reliability.Servers;

namespace StepFlow.Reliability.Faults;

/// <summary>All faults.</summary>
internal static class FaultCatalog
{
    /// <summary>Those with the names asked for.</summary>
    public static IReadOnlyList<IFault> Create(ServerUnderTest server, IReadOnlyList<string> names) =>
        [.. ((IFault[])[new KillFault(server), new RestartFault(server)]).Where(fault => names.Contains(fault.Name))];
}

namespace StepFlow.Reliability.Workloads;

/// <summary>All workloads.</summary>
internal static class WorkloadCatalog
{
    /// <summary>New ones of each kind.</summary>
    public static IReadOnlyList<IWorkload> Create() =>
    [
        new Waits(isShort: true), new Waits(isShort: false), new InlineMaps(), new BoundedLoops(), new EndlessLoops(), new Retries(),
        new Parallels(), new Redrives(),
        new Stops(), new Timeouts(), new ThrowingExpressions(), new NestedExecutions(), new Activities(), new Tokens(), new Tables(),
        new DistributedMaps(), new ExpressExecutions(), new BigPayloads(), new Tags(),
    ];
}

using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>A kind of executions, mixed at random with others.</summary>
internal interface IWorkload
{
    /// <summary>Its name, for <c>--kinds</c>.</summary>
    string Name { get; }

    /// <summary>Creates its state machines.</summary>
    Task PrepareAsync(WorkloadContext context);

    /// <summary>Starts one execution, and everything that must happen to it later (<see cref="WorkloadContext.Later"/>).</summary>
    Task StartOneAsync(WorkloadContext context, Random random);

    /// <summary>Finds what is wrong beyond single executions, when all have ended.</summary>
    Task<IReadOnlyList<Problem>> CheckAsync(WorkloadContext context, RecordReader reader) => Task.FromResult<IReadOnlyList<Problem>>([]);
}

using StepFlow.Integrations.Functions;

namespace StepFlow.Integrations.Jobs;

/// <summary>Makes the functions that jobs run.</summary>
internal sealed class JobFunctions(JobCatalog jobs, JobBlobs blobs, JobWait wait) : IJobFunctions
{
    public IFunctionHandler Create(string name, string job) =>
        new JobFunction(name, jobs.Find(job) ?? throw new InvalidOperationException(JobErrors.NotFound(job)), blobs, wait);
}

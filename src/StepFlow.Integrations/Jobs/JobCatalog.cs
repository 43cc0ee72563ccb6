using System.Collections.Frozen;

namespace StepFlow.Integrations.Jobs;

/// <summary>The jobs by name.</summary>
internal sealed class JobCatalog(IEnumerable<IJob> jobs)
{
    private readonly FrozenDictionary<string, IJob> _jobs = jobs.ToFrozenDictionary(static job => job.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>A job; null where no setting names it.</summary>
    public IJob? Find(string name) => _jobs.GetValueOrDefault(name);
}

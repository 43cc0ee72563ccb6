using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Jobs;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Runs tasks whose Resource is in the map. Their arguments are the payload, and the response is the result.</summary>
internal sealed class MappedResources(ResourceMap map, MappedFunctions functions, MappedRequests requests, JobRunner jobs, AwsCall aws) : IMappedResources
{
    public ITaskIntegration? Find(TaskResource resource, bool exactOnly) =>
        map.Find(resource, exactOnly) switch
        {
            null => null,
            { Job: { } job } entry => new MappedJob(entry, job, jobs),
            { Rest: { } target } entry => requests.Find(entry, target),
            { Aws: { } account } entry when resource.Kind == TaskResourceKind.Service && !MappedFunctions.IsInvoke(resource) => new MappedAws(entry, account, aws),
            var entry => functions.Find(entry, resource),
        };

    private sealed class MappedJob(ResourceEntry entry, string job, JobRunner jobs) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
            jobs.RunAsync(call, ResourceParts.Of(call.Resource).Fill(job, static part => part), cancellationToken);
    }

    private sealed class MappedAws(ResourceEntry entry, string account, AwsCall aws) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => aws.RunAsync(call, account, cancellationToken);
    }
}

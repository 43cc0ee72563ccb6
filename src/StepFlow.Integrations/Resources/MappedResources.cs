using StepFlow.Integrations.Aws;
using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Jobs;
using StepFlow.Integrations.Rest;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Runs tasks whose Resource is in the map. Their arguments are the payload, and the response is the result.</summary>
internal sealed class MappedResources(ResourceMap map, ResourceFunctions targets, FunctionInvoker functions, JobRunner jobs, RestTargets apis, RestRunner rest, AwsCall aws, Lazy<IDeferredInvocations> deferred, TimeProvider time) : IMappedResources
{
    public ITaskIntegration? Find(TaskResource resource, bool exactOnly) =>
        map.Find(resource, exactOnly) switch
        {
            null => null,
            { Job: { } job } entry => new MappedJob(entry, job, jobs),
            { Rest: { } target } entry => new MappedRest(entry, target, apis, rest),
            { Aws: not null } entry when resource is { Service: "lambda" or "aws-sdk:lambda", Action: "invoke" } =>
                new LambdaInvoke(functions, deferred.Value, time, resource.IsSdk) { Function = targets.Make(entry, resource) },
            { Aws: { } account } entry when resource.Kind == TaskResourceKind.Service => new MappedAws(entry, account, aws),
            var entry => new Mapped(entry, targets, functions),
        };

    private sealed class MappedJob(ResourceEntry entry, string job, JobRunner jobs) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) =>
            jobs.RunAsync(call, ResourceParts.Of(call.Resource).Fill(job, static part => part), cancellationToken);
    }

    private sealed class MappedRest(ResourceEntry entry, string name, RestTargets targets, RestRunner rest) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            ResourceParts parts = ResourceParts.Of(call.Resource);
            string target = parts.Fill(name, static part => part);
            if (targets.Find(target) is not { } api)
            {
                return new TaskRejected(RestErrors.NotAllowed, RestErrors.UnknownTarget(target));
            }

            var method = new HttpMethod(api.Options.Method);
            var url = new Uri(parts.Fill(api.Options.Url!, Uri.EscapeDataString));
            var request = new RestRequest(method, url) { Body = method == HttpMethod.Get ? null : call.Arguments };
            return await rest.RunAsync(call, api, request, static response => response.Body, cancellationToken);
        }
    }

    private sealed class MappedAws(ResourceEntry entry, string account, AwsCall aws) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken) => aws.RunAsync(call, account, cancellationToken);
    }

    private sealed class Mapped(ResourceEntry entry, ResourceFunctions targets, FunctionInvoker functions) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            string name = ResourceParts.Of(call.Resource).Name;
            FunctionResult result = await functions.RunAsync(
                call, new FunctionName(name, null), targets.Make(entry, call.Resource), call.Arguments, cancellationToken);
            return result is FunctionSucceeded succeeded ? new TaskCompleted(succeeded.Payload) : functions.NotReturned(call, result);
        }
    }
}

using StepFlow.Integrations.Rest;

namespace StepFlow.Integrations.Resources;

/// <summary>Runs tasks whose Resource is in the map and calls a REST API of the settings.</summary>
internal sealed class MappedRequests(RestTargets targets, RestRunner runner)
{
    /// <summary>What runs the tasks of an entry of the map.</summary>
    /// <param name="name">The REST target's name, which can contain placeholders.</param>
    public ITaskIntegration Find(ResourceEntry entry, string name) => new MappedRequest(entry, name, targets, runner);

    private sealed class MappedRequest(ResourceEntry entry, string name, RestTargets targets, RestRunner runner) : ITaskIntegration
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
            return await runner.RunAsync(call, api, request, static response => response.Body, cancellationToken);
        }
    }
}

using StepFlow.Integrations.Functions;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Runs tasks whose Resource the map gives a meaning: their arguments are the payload, the answer is the result.</summary>
internal sealed class MappedResources(ResourceMap map, ResourceFunctions targets, FunctionInvoker functions) : IMappedResources
{
    public ITaskIntegration? Find(TaskResource resource, bool exactOnly) =>
        map.Find(resource, exactOnly) is { } entry ? new Mapped(entry, targets, functions) : null;

    private sealed class Mapped(ResourceEntry entry, ResourceFunctions targets, FunctionInvoker functions) : ITaskIntegration
    {
        public string Name => entry.Pattern;

        public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
        {
            string name = ResourceParts.Of(call.Resource).Name;
            FunctionResult result = await functions.RunAsync(
                call, new FunctionName(name, null), targets.Make(entry, call.Resource), call.Arguments, cancellationToken);
            return result is FunctionSucceeded succeeded ? new TaskCompleted(succeeded.Payload) : functions.Fail(call, result);
        }
    }
}

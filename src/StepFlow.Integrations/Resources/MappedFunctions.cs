using StepFlow.Integrations.Functions;
using StepFlow.Language;

namespace StepFlow.Integrations.Resources;

/// <summary>Runs tasks whose Resource is in the map and calls a function.</summary>
internal sealed class MappedFunctions(ResourceFunctions targets, FunctionInvoker functions, Lazy<IDeferredInvocations> deferred, TimeProvider time)
{
    /// <summary>Whether a Resource invokes a function of AWS by the name in its arguments.</summary>
    public static bool IsInvoke(TaskResource resource) => resource is { Service: "lambda" or "aws-sdk:lambda", Action: "invoke" };

    /// <summary>What runs the tasks of an entry of the map.</summary>
    public ITaskIntegration Find(ResourceEntry entry, TaskResource resource) => entry.Aws is not null && IsInvoke(resource)
        ? new LambdaInvoke(functions, deferred.Value, time, resource.IsSdk) { Function = targets.Make(entry, resource) }
        : new MappedFunction(entry, targets, functions);

    private sealed class MappedFunction(ResourceEntry entry, ResourceFunctions targets, FunctionInvoker functions) : ITaskIntegration
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

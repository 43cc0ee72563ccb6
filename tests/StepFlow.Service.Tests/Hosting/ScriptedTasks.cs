using System.Collections.Concurrent;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Hosting;

/// <summary>Functions that tests call: <c>echo</c> returns its payload, <c>fail-once</c> fails the first time for each execution.</summary>
internal sealed class ScriptedTasks : ITaskRunner
{
    private readonly ConcurrentDictionary<string, bool> _failed = new(StringComparer.Ordinal);

    /// <summary>The calls so far, by function.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        // What a function's ARN gets is its payload: any JSON.
        JsonObject arguments = call.Arguments as JsonObject ?? JsonObject.Empty;
        string function = (arguments["FunctionName"] as JsonString)?.Value ?? call.Resource.ActionWithPattern;
        Calls.Enqueue(function);
        TaskOutcome outcome = function switch
        {
            "fail-once" when _failed.TryAdd(call.ExecutionArn, true) => new TaskRejected("Lambda.Unknown", "It fails once."),
            _ when call.TaskToken is not null => new TaskAccepted(JsonObject.Empty),
            _ => new TaskCompleted(JsonObject.Create(("Payload", arguments["Payload"] ?? JsonValue.Null), ("StatusCode", 200))),
        };
        return Task.FromResult(outcome);
    }
}

using System.Collections.Concurrent;
using StepFlow.Integrations.Tasks;
using StepFlow.Language.Json;

namespace StepFlow.Hosting.Compliance;

/// <summary>Runs tasks as a test defines: by the last part of the resource.</summary>
public sealed class ScriptedTasks : ITaskRunner
{
    private readonly ConcurrentDictionary<string, Func<TaskCall, CancellationToken, Task<TaskOutcome>>> _scripts = new(StringComparer.Ordinal);

    /// <summary>Every call so far, in the order they came.</summary>
    public ConcurrentQueue<TaskCall> Calls { get; } = new();

    public ScriptedTasks On(string name, Func<TaskCall, CancellationToken, Task<TaskOutcome>> script)
    {
        _scripts[name] = script;
        return this;
    }

    public ScriptedTasks On(string name, Func<TaskCall, TaskOutcome> script) =>
        On(name, (call, _) => Task.FromResult(script(call)));

    public ScriptedTasks Returns(string name, JsonValue value) => On(name, _ => new TaskCompleted(value));

    public int CallsTo(string name) => Calls.Count(call => NameOf(call) == name);

    public Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        return _scripts.TryGetValue(NameOf(call), out Func<TaskCall, CancellationToken, Task<TaskOutcome>>? script)
            ? script(call, cancellationToken)
            : Task.FromResult<TaskOutcome>(new TaskRejected("Test.NoScript", $"No script for {NameOf(call)}."));
    }

    private static string NameOf(TaskCall call)
    {
        string text = call.Resource.Text.Replace(".waitForTaskToken", string.Empty, StringComparison.Ordinal);
        return text[(text.LastIndexOf(':') + 1)..];
    }
}

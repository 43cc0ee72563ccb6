using StepFlow.Language.Json;

namespace StepFlow.Functions.Orchestration;

/// <summary>
/// The tasks that end later: by their token, by their worker, or together with the execution they started. By task id
/// the ARN of that execution; null for the others.
/// </summary>
internal sealed class AcceptedTasks
{
    private readonly SortedDictionary<string, string?> _tasks = new(StringComparer.Ordinal);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _tasks.Count == 0;

    /// <summary>Reads them.</summary>
    public static AcceptedTasks Read(JsonValue value)
    {
        var tasks = new AcceptedTasks();
        foreach ((string taskId, JsonValue child) in (JsonObject)value)
        {
            tasks.Add(taskId, (child as JsonString)?.Value);
        }

        return tasks;
    }

    public JsonObject Write()
    {
        var builder = new JsonObjectBuilder(_tasks.Count);
        foreach ((string taskId, string? child) in _tasks)
        {
            builder.Set(taskId, child is null ? JsonValue.Null : child);
        }

        return builder.Build();
    }

    public void Add(string taskId, string? childExecutionArn) => _tasks[taskId] = childExecutionArn;

    public bool TryGet(string taskId, out string? childExecutionArn) => _tasks.TryGetValue(taskId, out childExecutionArn);

    public bool Remove(string taskId, out string? childExecutionArn) => _tasks.Remove(taskId, out childExecutionArn);

    public void Remove(string taskId) => _tasks.Remove(taskId);

    /// <summary>The task that waits for an execution; null where none does.</summary>
    public string? WaitingFor(Func<string, bool> isChild) => _tasks.FirstOrDefault(task => task.Value is { } child && isChild(child)).Key;
}

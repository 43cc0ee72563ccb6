using System.Globalization;

namespace StepFlow.Functions.Orchestration;

/// <summary>The tasks that end later: by their token, by their worker, or together with the execution or the job they started. By task id.</summary>
internal sealed class AcceptedTasks
{
    private const string Reference = "reference";
    private const string PollTimeName = "askAgain";

    private readonly SortedDictionary<string, AcceptedTask> _tasks = new(StringComparer.Ordinal);

    /// <summary>Whether it has no tasks.</summary>
    public bool IsEmpty => _tasks.Count == 0;

    public static AcceptedTasks Read(JsonValue value)
    {
        var tasks = new AcceptedTasks();
        foreach ((string taskId, JsonValue task) in (JsonObject)value)
        {
            tasks.Add(taskId, task switch
            {
                JsonString child => new() { ChildExecutionArn = child.Value },
                JsonObject job => new() { JobReference = job.RequiredText(Reference), PollTime = DateTimeOffset.Parse(job.RequiredText(PollTimeName), CultureInfo.InvariantCulture) },
                _ => new(),
            });
        }

        return tasks;
    }

    public JsonObject Write()
    {
        var builder = new JsonObjectBuilder(_tasks.Count);
        foreach ((string taskId, AcceptedTask task) in _tasks)
        {
            builder.Set(taskId, task switch
            {
                { ChildExecutionArn: { } child } => child,
                { JobReference: { } job } => JsonObject.Create((Reference, job), (PollTimeName, task.PollTime.ToString("O", CultureInfo.InvariantCulture))),
                _ => JsonValue.Null,
            });
        }

        return builder.Build();
    }

    public void Add(string taskId, AcceptedTask task) => _tasks[taskId] = task;

    /// <summary>The state of a task; null if its request was not accepted.</summary>
    public AcceptedTask? Find(string taskId) => _tasks.GetValueOrDefault(taskId);

    /// <summary>Removes a task, and returns its state; null if it was not there.</summary>
    public AcceptedTask? Remove(string taskId)
    {
        _tasks.Remove(taskId, out AcceptedTask? task);
        return task;
    }

    /// <summary>The task that waits for an execution; null where none does.</summary>
    public string? WaitingFor(Func<string, bool> isChild) => _tasks.FirstOrDefault(task => task.Value.ChildExecutionArn is { } child && isChild(child)).Key;
}

using System.IO.Enumeration;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;
using StepFlow.Language.JsonPath;

namespace StepFlow.Runtime.TaskLimits;

/// <summary>A limit of the settings, read.</summary>
public sealed class TaskLimit
{
    private readonly string _resource;
    private readonly PathExpression? _key;
    private readonly PathExpression? _priority;

    /// <param name="name">Its name in the settings.</param>
    /// <exception cref="FormatException">The options contradict each other, or a path is not valid. The message is a sentence.</exception>
    public TaskLimit(string name, TaskLimitOptions options)
    {
        (Name, _resource, MaxConcurrency, RatePerSecond) = (name, options.Resource ?? string.Empty, options.MaxConcurrency, options.RatePerSecond);
        if (MaxConcurrency is null && RatePerSecond is null)
        {
            throw new FormatException($"The setting 'StepFlow:TaskLimits:{name}' must have MaxConcurrency, RatePerSecond or both.");
        }

        (_key, _priority) = (Path(name, nameof(options.Key), options.Key), Path(name, nameof(options.Priority), options.Priority));
    }

    /// <summary>Its name in the settings.</summary>
    public string Name { get; }

    /// <summary>The maximum number of running tasks; null for no limit.</summary>
    public int? MaxConcurrency { get; }

    /// <summary>How many tasks start in a second; null for any number.</summary>
    public double? RatePerSecond { get; }

    /// <summary>The maximum number of tasks that start together after a time without tasks.</summary>
    public double Burst => Math.Max(1, RatePerSecond ?? 1);

    /// <summary>Whether it is about a Resource, with or without <c>.sync</c> and <c>.waitForTaskToken</c>.</summary>
    public bool IsAbout(TaskResource resource) =>
        FileSystemName.MatchesSimpleExpression(_resource, resource.Text, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(_resource, resource.Text.AsSpan(0, resource.Text.Length - TaskResource.SuffixOf(resource.Pattern).Length), ignoreCase: false);

    /// <summary>The key of a task. Tasks with the same key share the limit.</summary>
    public string KeyOf(TaskCall call) => _key?.Find(call.Arguments) switch
    {
        null => string.Empty,
        JsonString text => text.Value,
        var value => value.ToString(),
    };

    /// <summary>A task's priority; 0 where it has none.</summary>
    public double PriorityOf(TaskCall call) => _priority?.Find(call.Arguments) is JsonNumber number ? number.ToDouble() : 0;

    private static PathExpression? Path(string limit, string setting, string? text) =>
        text is null ? null
        : PathExpression.TryParse(text, out PathExpression? path, out string? error) && path.IsDefinite ? path
        : throw new FormatException($"The setting 'StepFlow:TaskLimits:{limit}:{setting}' must be a JSONPath to one value, such as $.customer{(error is null ? "." : $": {error}")}");
}

namespace StepFlow.Runtime.TaskLimits;

/// <summary>The part of a limit that a task uses.</summary>
/// <param name="Key">The key that the tasks of the share have in common.</param>
public sealed record TaskShare(TaskLimit Limit, string Key);

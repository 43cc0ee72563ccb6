namespace StepFlow.Runtime.TaskLimits;

/// <summary>What a task takes of a limit.</summary>
/// <param name="Key">What it is shared by.</param>
public sealed record TaskShare(TaskLimit Limit, string Key);

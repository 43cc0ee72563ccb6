using System.ComponentModel.DataAnnotations;

namespace StepFlow.Runtime.TaskLimits;

/// <summary>
/// How many tasks may call a Resource at once, and how often. Settings: <c>StepFlow:TaskLimits:NAME:…</c>. A task that several
/// limits are about waits until all of them have room.
/// </summary>
public sealed class TaskLimitOptions
{
    /// <summary>The Resources that the limit applies to: a Resource, with <c>*</c> for any text. Required.</summary>
    [Required]
    public string? Resource { get; set; }

    /// <summary>A JSONPath into the task's arguments. Each value has its own limit. Null: all tasks share one limit.</summary>
    public string? Key { get; set; }

    /// <summary>Maximum number of tasks at once, from 1 to 100000; null for no limit.</summary>
    [Range(1, 100_000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>Maximum number of tasks that start in a second, from 0.001 to 10000; null for no limit.</summary>
    [Range(0.001, 10_000)]
    public double? RatePerSecond { get; set; }

    /// <summary>A JSONPath to a number in the task's arguments. Waiting tasks with the largest number run first. Null: all are equal.</summary>
    public string? Priority { get; set; }
}

using System.ComponentModel.DataAnnotations;

namespace StepFlow.Runtime.TaskLimits;

/// <summary>
/// How many tasks may call a Resource at once, and how often. Settings: <c>StepFlow:TaskLimits:NAME:…</c>. A task that several
/// limits are about waits until all of them have room.
/// </summary>
public sealed class TaskLimitOptions
{
    /// <summary>The Resources that it is about: a Resource, with <c>*</c> for any text. Required.</summary>
    [Required]
    public string? Resource { get; set; }

    /// <summary>A JSONPath into the task's arguments: each value has the limit for itself. Null: all tasks share it.</summary>
    public string? Key { get; set; }

    /// <summary>How many tasks run at once, from 1 to 100000; null for any number.</summary>
    [Range(1, 100_000)]
    public int? MaxConcurrency { get; set; }

    /// <summary>How many tasks start in a second, from 0.001 to 10000; null for any number.</summary>
    [Range(0.001, 10_000)]
    public double? RatePerSecond { get; set; }

    /// <summary>A JSONPath into the task's arguments to a number: of the tasks that wait, those with the largest go first. Null: all are equal.</summary>
    public string? Priority { get; set; }
}

namespace StepFlow.Service.Triggers;

/// <summary>The execution of one time of a schedule.</summary>
/// <param name="Cause">The time, in UTC.</param>
/// <param name="ExecutionName">The execution's name. A time starts only one execution, even if it is tried several times.</param>
/// <param name="Input">The input with that time.</param>
public sealed record ScheduledStart(string Cause, string ExecutionName, JsonObject Input)
{
    /// <summary>The start at a time.</summary>
    /// <param name="trigger">The trigger's name in the settings.</param>
    public static ScheduledStart At(string trigger, DateTimeOffset due)
    {
        string at = IsoTime.Seconds(due);
        return new(at, TriggerStarts.ExecutionName(trigger, at), JsonObject.Create(("Trigger", trigger), ("Time", at)));
    }

    /// <summary>All starts between two times, the oldest first.</summary>
    /// <param name="trigger">The trigger's name in the settings.</param>
    /// <param name="from">The first time that counts.</param>
    /// <param name="to">The first time that does not count any more.</param>
    /// <exception cref="FormatException">The schedule is not valid.</exception>
    public static IEnumerable<ScheduledStart> Between(string trigger, TriggerOptions options, DateTimeOffset from, DateTimeOffset to)
    {
        Schedule schedule = Schedule.Parse(options.Schedule!, options.TimeZone);
        for (DateTimeOffset? next = schedule.Next(from.AddTicks(-1)); next is { } due && due < to; next = schedule.Next(due))
        {
            yield return At(trigger, due);
        }
    }
}

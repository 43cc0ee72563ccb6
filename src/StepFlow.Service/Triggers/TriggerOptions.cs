using System.ComponentModel.DataAnnotations;

namespace StepFlow.Service.Triggers;

/// <summary>
/// What starts a state machine by itself: exactly one of <see cref="Schedule"/>, <see cref="Container"/>, <see cref="Queue"/>,
/// <see cref="EventPattern"/> and <see cref="WebhookSecret"/> is set. Settings: <c>StepFlow:Triggers:NAME:…</c>.
/// </summary>
public sealed class TriggerOptions
{
    /// <summary>The state machine: its name or ARN, also of a version or alias. Required.</summary>
    [Required]
    public string? StateMachine { get; set; }

    /// <summary>When to start: cron of five fields (<c>30 8 * * MON-FRI</c>), or <c>rate(5 minutes)</c>.</summary>
    public string? Schedule { get; set; }

    /// <summary>The time zone of the schedule by its IANA name (<c>Europe/Berlin</c>), by default UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>What becomes of times that passed while no server ran. By default they are skipped.</summary>
    public MissedStarts Missed { get; set; }

    /// <summary>The container whose new and changed blobs start an execution each.</summary>
    public string? Container { get; set; }

    /// <summary>Only blobs whose names begin so; null for all.</summary>
    public string? Prefix { get; set; }

    /// <summary>Only blobs whose names end so; null for all.</summary>
    public string? Suffix { get; set; }

    /// <summary>The storage queue whose messages start an execution each.</summary>
    public string? Queue { get; set; }

    /// <summary>
    /// An event pattern of EventBridge, a JSON text: events that match start an execution each. They come from
    /// <c>events:putEvents</c>, and on the bus <c>default</c> also from status changes of executions.
    /// </summary>
    public string? EventPattern { get; set; }

    /// <summary>The bus whose events are held against <see cref="EventPattern"/>. By default <c>default</c>.</summary>
    public string EventBus { get; set; } = "default";

    /// <summary>The secret of those who may <c>POST /triggers/NAME</c>.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The input, a JSON text, in place of the one that tells what happened; null for that.</summary>
    public string? Input { get; set; }
}

/// <summary>What becomes of times of a schedule that passed while no server ran.</summary>
public enum MissedStarts
{
    /// <summary>Nothing.</summary>
    Skip,

    /// <summary>Each of the last 100 starts an execution, the oldest first.</summary>
    CatchUp,
}

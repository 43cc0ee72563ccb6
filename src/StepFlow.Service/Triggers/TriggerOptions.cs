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

    /// <summary>What happens to times at which no server ran. By default they are skipped.</summary>
    public MissedStarts Missed { get; set; }

    /// <summary>Each new or changed blob of this container starts an execution.</summary>
    public string? Container { get; set; }

    /// <summary>Only blobs whose names begin with this text; null for all.</summary>
    public string? Prefix { get; set; }

    /// <summary>Only blobs whose names end with this text; null for all.</summary>
    public string? Suffix { get; set; }

    /// <summary>
    /// Whether an Event Grid subscription reports the container's blobs to the app on Azure (<c>infra/README.md</c>). By default the
    /// app lists the container once a minute. The local server always lists it.
    /// </summary>
    public bool EventGrid { get; set; }

    /// <summary>Each message of this storage queue starts an execution.</summary>
    public string? Queue { get; set; }

    /// <summary>
    /// An EventBridge event pattern, as a JSON text. Each matching event starts an execution. Events come from
    /// <c>events:putEvents</c> and, on the bus <c>default</c>, from status changes of executions.
    /// </summary>
    public string? EventPattern { get; set; }

    /// <summary>The bus whose events are compared with <see cref="EventPattern"/>. By default <c>default</c>.</summary>
    public string EventBus { get; set; } = "default";

    /// <summary>The secret that callers of <c>POST /triggers/NAME</c> need.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The input of the execution, as a JSON text. Null for the default input, which describes what started it.</summary>
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

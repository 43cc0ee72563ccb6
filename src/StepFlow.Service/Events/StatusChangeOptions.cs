namespace StepFlow.Service.Events;

/// <summary>
/// Where status changes of executions go, beside the rules among the triggers; nowhere by default. Settings:
/// <c>StepFlow:StatusChanges:…</c>.
/// </summary>
public sealed class StatusChangeOptions
{
    /// <summary>An event bus of <c>Messages:EventBuses</c>: its storage queue, or the Service Bus queue or topic of its name.</summary>
    public string? EventBus { get; set; }

    /// <summary>An address that each event is posted to. It must be at or below the <c>Url</c> of a REST target, whose connection authorises the calls.</summary>
    public string? Url { get; set; }

    /// <summary>A REST target that is an Event Grid topic: each event is published there in Event Grid's schema.</summary>
    public string? EventGridTopic { get; set; }
}

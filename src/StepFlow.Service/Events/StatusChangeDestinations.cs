using StepFlow.Integrations.Messages;
using StepFlow.Integrations.Tasks;
using StepFlow.Language;

namespace StepFlow.Service.Events;

/// <summary>Where status changes go.</summary>
/// <param name="rules">The rules among the triggers.</param>
/// <param name="sender">Sends to event buses.</param>
/// <param name="tasks">Calls REST targets.</param>
public sealed class StatusChangeDestinations(StatusChangeOptions options, IEventRules rules, INotificationSender sender, ITaskRunner tasks)
{
    /// <summary>Each destination: its name in the log, and what delivers one event to it.</summary>
    internal IReadOnlyList<(string Name, Func<JsonObject, CancellationToken, Task> Deliver)> All { get; } =
    [
        .. Where(rules.HasRules(StatusChangeEvents.Bus), "rules", (occurrence, cancellationToken) => rules.ApplyAsync(StatusChangeEvents.Bus, occurrence, cancellationToken)),
        .. Where(options.EventBus is not null, $"event bus {options.EventBus}", (occurrence, cancellationToken) => SendAsync(sender, options.EventBus!, occurrence, cancellationToken)),
        .. Where(options.Url is not null, options.Url!, (occurrence, cancellationToken) => CallAsync(
            tasks, "azure:rest:call", JsonObject.Create(("Url", options.Url!), ("Method", "POST"), ("Body", occurrence)), occurrence, cancellationToken)),
        .. Where(options.EventGridTopic is not null, $"Event Grid topic {options.EventGridTopic}", (occurrence, cancellationToken) => CallAsync(
            tasks, "azure:eventgrid:publishEvents", JsonObject.Create(("Topic", options.EventGridTopic!), ("Events", JsonArray.Create(GridEvent(occurrence)))), occurrence, cancellationToken)),
    ];

    private static IEnumerable<(string Name, Func<JsonObject, CancellationToken, Task> Deliver)> Where(bool isSet, string name, Func<JsonObject, CancellationToken, Task> deliver) =>
        isSet ? [(name, deliver)] : [];

    private static async Task SendAsync(INotificationSender sender, string bus, JsonObject occurrence, CancellationToken cancellationToken)
    {
        var message = new OutgoingMessage
        {
            Destination = MessageDestination.EventBus,
            Name = bus,
            Body = occurrence.ToString(),
            Subject = StatusChangeEvents.DetailType,
            IdempotencyKey = Id(occurrence),
        };
        SentMessage? sent;
        try
        {
            sent = await sender.SendAsync(message, cancellationToken);
        }
        catch (MessageRefusedException)
        {
            // The event is too large for this destination, so the data is left out. A consumer that needs it calls DescribeExecution.
            sent = await sender.SendAsync(message with { Body = StatusChangeEvents.WithoutData(occurrence).ToString() }, cancellationToken);
        }

        if (sent is null)
        {
            throw new InvalidOperationException($"The event bus {bus} does not exist. Set Messages:EventBuses:{bus} to its storage queue.");
        }
    }

    private static async Task CallAsync(ITaskRunner tasks, string resource, JsonObject arguments, JsonObject occurrence, CancellationToken cancellationToken)
    {
        var detail = (JsonObject)occurrence["detail"]!;
        var call = new TaskCall
        {
            ExecutionArn = detail.RequiredText("executionArn"),
            ExecutionName = detail.RequiredText("name"),
            StateMachineArn = detail.RequiredText("stateMachineArn"),
            StateName = string.Empty,
            Resource = TaskResource.Parse(resource),
            Arguments = arguments,
            IdempotencyKey = Id(occurrence),
        };
        if (await tasks.RunAsync(call, cancellationToken) is TaskRejected rejected)
        {
            throw new InvalidOperationException($"{rejected.Error}: {rejected.Cause}");
        }
    }

    private static JsonObject GridEvent(JsonObject occurrence) => JsonObject.Create(
        ("id", Id(occurrence)),
        ("eventType", StatusChangeEvents.DetailType),
        ("subject", ((JsonObject)occurrence["detail"]!)["executionArn"]!),
        ("eventTime", occurrence["time"]!),
        ("dataVersion", "0"),
        ("data", occurrence["detail"]!));

    private static string Id(JsonObject occurrence) => occurrence.RequiredText("id");
}

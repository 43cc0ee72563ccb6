using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// <c>azure:servicebus:receiveMessages</c>: receives messages from a <c>Queue</c>, or a <c>Topic</c> with its <c>Subscription</c>
/// (<c>MaxMessages</c> 1 to 10, <c>WaitSeconds</c> 0 to 20). In Service Bus they stay as deferred messages, which no other receiver
/// gets, until <c>completeMessage</c> or <c>deadLetterMessage</c> settles them by their <c>Receipt</c>, the sequence number. A lock would
/// end with the process that has it, and before a workflow's next state.
/// </summary>
internal sealed class ReceiveFromServiceBus(IMessageReceiver receiver, TaskIdentities identities, SettingHints hints, TimeProvider time) : ITaskIntegration
{
    private const int Max = 10;
    private const int LongestWait = 20;

    public string Name => ServiceBusArguments.Service + ":receiveMessages";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        MessageSource source = ServiceBusArguments.Source(arguments, call, identities);
        int most = (int)(arguments.Integer("MaxMessages", 1, Max) ?? 1);
        long wait = arguments.Integer("WaitSeconds", 0, LongestWait) ?? 0;
        if (arguments.Problem is { } problem)
        {
            return ServiceBusArguments.Invalid(problem);
        }

        var poll = new MessagePoll(source, most, TimeSpan.FromSeconds(wait));
        IReadOnlyList<TakenMessage>? messages = await poll.RunAsync(receiver, call.IdempotencyKey, time, cancellationToken);
        return messages is null
            ? ServiceBusArguments.NotFound(source, hints)
            : new TaskCompleted(JsonObject.Create(("Messages", JsonArray.From(messages.Select(static message => (JsonValue)Describe(message))))));
    }

    private static JsonObject Describe(TakenMessage message) => new JsonObjectBuilder()
        .SetIfPresent("ApplicationProperties", message.Attributes is { } attributes ? Properties(attributes) : null)
        .Set("Body", JsonValue.ParseOrNull(message.Body) is JsonObject or JsonArray ? JsonValue.Parse(message.Body) : message.Body)
        .Set("DeliveryCount", message.Count)
        .SetIfPresent("EnqueuedTime", message.Sent is { } sent ? new JsonString(IsoTime.Milliseconds(sent)) : null)
        .Set("MessageId", message.Id)
        .Set("Receipt", message.Receipt)
        .SetIfPresent("SessionId", message.GroupId)
        .SetIfPresent("Subject", message.Subject)
        .Build();

    /// <summary>Attributes in the form of SQS as plain values.</summary>
    private static JsonObject Properties(JsonObject attributes) => attributes.Aggregate(new JsonObjectBuilder(), static (properties, attribute) =>
        properties.Set(attribute.Key, (attribute.Value as JsonObject)?["StringValue"] ?? attribute.Value)).Build();
}

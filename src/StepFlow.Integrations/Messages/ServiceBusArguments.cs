using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>The common arguments and failures of the actions of <c>azure:servicebus</c> that receive messages.</summary>
internal static class ServiceBusArguments
{
    public const string Service = "azure:servicebus";

    /// <summary>The <c>Queue</c>, or the <c>Topic</c> with its <c>Subscription</c>.</summary>
    public static MessageSource Source(ArgumentReader arguments, TaskCall call, TaskIdentities identities)
    {
        string? queue = arguments.Text("Queue");
        string? topic = arguments.Text("Topic");
        string? subscription = arguments.Text("Subscription");
        if (string.IsNullOrEmpty(queue) == string.IsNullOrEmpty(topic))
        {
            arguments.Refuse("Exactly one of the arguments 'Queue' and 'Topic' is required.");
        }
        else if (string.IsNullOrEmpty(topic) != string.IsNullOrEmpty(subscription))
        {
            arguments.Refuse("The argument 'Subscription' is required with 'Topic', and only with it.");
        }

        return new(string.IsNullOrEmpty(topic) ? MessageDestination.Queue : MessageDestination.Topic, (string.IsNullOrEmpty(topic) ? queue : topic) ?? string.Empty)
        {
            Subscription = subscription,
            Identity = identities.NameOf(call),
        };
    }

    public static TaskRejected Invalid(string problem) => new("ServiceBus.InvalidArgument", problem);

    public static TaskRejected NotFound(MessageSource source, SettingHints hints) => new(
        "ServiceBus.EntityNotFound",
        (source.Subscription is { } subscription ? $"The topic '{source.Name}' or its subscription '{subscription}' does not exist" : $"The queue '{source.Name}' does not exist")
        + hints.Add($"Messages:{(source.Destination == MessageDestination.Queue ? "Queues" : "Topics")}:{source.Name}", "Storage:ConnectionString"));
}

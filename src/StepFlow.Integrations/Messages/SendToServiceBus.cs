using System.Globalization;
using StepFlow.Integrations.Identities;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// <c>azure:servicebus:sendMessage</c>: sends <c>Body</c> to a <c>Queue</c> or a <c>Topic</c>, with <c>SessionId</c>,
/// <c>MessageId</c> and <c>ScheduledEnqueueTime</c> or <c>DelaySeconds</c>. Service Bus on Azure, a storage queue where a host has none.
/// </summary>
internal sealed class SendToServiceBus(INotificationSender sender, TaskIdentities identities, SettingHints hints, TimeProvider time) : ITaskIntegration
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    public string Name => "azure:servicebus:sendMessage";

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string? queue = arguments.Text("Queue");
        string? topic = arguments.Text("Topic");
        JsonValue? body = arguments.Value("Body");
        string? session = arguments.Text("SessionId");
        string? id = arguments.Text("MessageId");
        string? subject = arguments.Text("Subject");
        TimeSpan delay = Delay(arguments);
        if (string.IsNullOrEmpty(queue) == string.IsNullOrEmpty(topic))
        {
            arguments.Refuse("Exactly one of the arguments 'Queue' and 'Topic' is required.");
        }

        if (body is null)
        {
            arguments.Refuse(TaskErrors.MissingArgument("Body"));
        }

        if (arguments.Problem is { } problem)
        {
            return new TaskRejected("ServiceBus.InvalidArgument", problem);
        }

        string name = queue is { Length: > 0 } ? queue : topic!;
        var message = new OutgoingMessage
        {
            Destination = queue is { Length: > 0 } ? MessageDestination.Queue : MessageDestination.Topic,
            Name = name,
            Body = body is JsonString text ? text.Value : body!.ToString(),
            Subject = subject,
            GroupId = session,
            DeduplicationId = id,
            Delay = delay,
            Identity = identities.NameOf(call),
            IdempotencyKey = call.IdempotencyKey,
        };
        try
        {
            return await sender.SendAsync(message, cancellationToken) is { } sent
                ? new TaskCompleted(JsonObject.Create(("MessageId", sent.MessageId)))
                : new TaskRejected("ServiceBus.EntityNotFound", $"The queue or topic '{name}' does not exist" + hints.Add($"Messages:{(queue is null ? "Topics" : "Queues")}:{name}", "Storage:ConnectionString"));
        }
        catch (MessageRefusedException refusal)
        {
            return new TaskRejected("ServiceBus.MessageRefused", refusal.Message);
        }
    }

    private TimeSpan Delay(ArgumentReader arguments)
    {
        long? seconds = arguments.Integer("DelaySeconds", 0, (long)LongestDelay.TotalSeconds);
        if (arguments.Text("ScheduledEnqueueTime") is not { } text)
        {
            return TimeSpan.FromSeconds(seconds ?? 0);
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset due) || due - time.GetUtcNow() > LongestDelay)
        {
            arguments.Refuse(TaskErrors.InvalidArgument("ScheduledEnqueueTime", $"a time such as 2026-01-31T08:00:00Z, at most {LongestDelay.TotalDays:0} days ahead"));
            return TimeSpan.Zero;
        }

        return due - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}

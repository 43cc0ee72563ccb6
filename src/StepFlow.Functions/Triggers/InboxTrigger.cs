using System.Collections.Frozen;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using StepFlow.Functions.Executions;
using StepFlow.Service;

namespace StepFlow.Functions.Triggers;

/// <summary>Starts executions and completes tasks by messages.</summary>
internal sealed class InboxTrigger(StepFunctionsService service, DurableClients clients)
{
    public const string Queue = "stepflow-inbox";

    private static readonly FrozenSet<string> Allowed = FrozenSet.Create(
        StringComparer.Ordinal, "StartExecution", "SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat");

    /// <summary>
    /// A message's subject is the operation, and its body is the request. A rejected message goes to the
    /// dead-letter queue with the reason. After an outage it stays in the queue.
    /// </summary>
    [Function("Inbox")]
    public async Task RunAsync(
        [ServiceBusTrigger(Queue, Connection = "ServiceBus", IsBatched = false, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        if (message.Subject is null || !Allowed.Contains(message.Subject))
        {
            await RefuseAsync("UnknownOperation", $"The subject must be one of {string.Join(", ", Allowed.Order(StringComparer.Ordinal))}.");
            return;
        }

        if (JsonValue.ParseOrNull(message.Body.ToString()) is not JsonObject request)
        {
            await RefuseAsync("SerializationException", "The body must be a JSON object: the operation's request.");
            return;
        }

        ApiResult result = await service.InvokeAsync(message.Subject, request, CallerContext.Internal, cancellationToken);
        if (result.IsSuccess)
        {
            await actions.CompleteMessageAsync(message, cancellationToken);
        }
        else if (result.Error.Status >= 500)
        {
            throw new InvalidOperationException($"{message.Subject} failed: {result.Error.Code}.");
        }
        else
        {
            await RefuseAsync(result.Error.Code, result.Error.Message);
        }

        Task RefuseAsync(string reason, string description) =>
            actions.DeadLetterMessageAsync(message, null, reason, description, cancellationToken);
    }
}

using System.Text.RegularExpressions;

namespace StepFlow.Integrations.Messages;

/// <summary>
/// <c>aws-sdk:sqs:sendMessageBatch</c> and <c>aws-sdk:sqs:deleteMessageBatch</c>: up to ten entries, each of which succeeds or
/// fails by itself (SQS API, SendMessageBatch and DeleteMessageBatch).
/// </summary>
/// <param name="single">The integration for each entry.</param>
internal sealed partial class QueueBatch(string name, ITaskIntegration single) : ITaskIntegration
{
    public const string Send = SendMessage.Sdk + "Batch";
    public const string Delete = DeleteMessage.Sdk + "Batch";

    private const int Max = 10;
    private const string ErrorPrefix = "Sqs.";
    private const string NoQueue = "Sqs.QueueDoesNotExistException";

    public string Name => name;

    public async Task<TaskOutcome> RunAsync(TaskCall call, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(call.Arguments);
        string queue = arguments.RequiredText("QueueUrl");
        JsonArray entries = arguments.Array("Entries") ?? JsonArray.Empty;
        if (arguments.Problem is { } problem)
        {
            return QueueErrors.Invalid(call, problem);
        }

        string[] ids = [.. entries.Select(static entry => entry is JsonObject members && members["Id"] is JsonString id ? id.Value : string.Empty)];
        if (Refusal(call, ids) is { } refusal)
        {
            return refusal;
        }

        List<JsonValue> successful = [];
        List<JsonValue> failed = [];
        for (int index = 0; index < entries.Count; index++)
        {
            // One after the other, so that messages of one group stay in order.
            JsonObject entry = ((JsonObject)entries[index]).With("QueueUrl", queue);
            TaskOutcome outcome = await single.RunAsync(call with { Arguments = entry, IdempotencyKey = $"{call.IdempotencyKey}/{index}" }, cancellationToken);
            switch (outcome)
            {
                case TaskRejected { Error: NoQueue } rejected:
                    return rejected;
                case TaskRejected rejected:
                    failed.Add(JsonObject.Create(
                        ("Code", rejected.Error[ErrorPrefix.Length..].Replace("Exception", string.Empty, StringComparison.Ordinal)),
                        ("Id", ids[index]),
                        ("Message", rejected.Cause ?? string.Empty),
                        ("SenderFault", JsonValue.True)));
                    break;
                default:
                    successful.Add(((JsonObject)((TaskCompleted)outcome).Output).With("Id", ids[index]));
                    break;
            }
        }

        return new TaskCompleted(JsonObject.Create(("Failed", JsonArray.From(failed)), ("Successful", JsonArray.From(successful))));
    }

    private static TaskRejected? Refusal(TaskCall call, string[] ids) =>
        ids.Length == 0 ? QueueErrors.Batch(call, "EmptyBatchRequestException", "There should be at least one entry in the request.")
        : ids.Length > Max ? QueueErrors.Batch(call, "TooManyEntriesInBatchRequestException", $"Maximum number of entries per request are {Max}. You have sent {ids.Length}.")
        : ids.FirstOrDefault(static id => !EntryId().IsMatch(id)) is { } wrong ? QueueErrors.Batch(call, "InvalidBatchEntryIdException", $"A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long: '{wrong}'.")
        : ids.GroupBy(static id => id).FirstOrDefault(static group => group.Count() > 1) is { } twice ? QueueErrors.Batch(call, "BatchEntryIdsNotDistinctException", $"Id {twice.Key} repeated.")
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,80}\z")]
    private static partial Regex EntryId();
}

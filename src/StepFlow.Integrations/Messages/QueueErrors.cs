namespace StepFlow.Integrations.Messages;

/// <summary>Converts failures of queues to those of SQS, or for <c>azure:queue</c> to its own.</summary>
internal static class QueueErrors
{
    public const string AzureService = "azure:queue";

    private const string AzurePrefix = "Queue.";

    /// <summary>The argument that names the queue.</summary>
    public static string QueueField(TaskCall call) => IsAzure(call) ? "Queue" : "QueueUrl";

    /// <summary>Whether the call is of <c>azure:queue</c>.</summary>
    public static bool IsAzure(TaskCall call) => call.Resource.Service == AzureService;

    public static TaskRejected Invalid(TaskCall call, string problem) =>
        Fail(call, AwsFailure.Unmodelled("InvalidParameterValue", problem), "InvalidArgument");

    public static TaskRejected Missing(TaskCall call, string argument) => Fail(
        call,
        AwsFailure.Unmodelled("MissingParameter", IsAzure(call) ? TaskErrors.MissingArgument(argument) : $"The request must contain the parameter {argument}."),
        "InvalidArgument");

    public static TaskRejected NoQueue(TaskCall call, string queue, SettingHints hints) => Fail(
        call,
        new("QueueDoesNotExistException", "AWS.SimpleQueueService.NonExistentQueue", IsAzure(call) ? $"The queue '{queue}' does not exist" : "The specified queue does not exist."),
        "QueueNotFound",
        hints.Add($"Messages:Queues:{ResourceName.Of(queue)}", "Storage:ConnectionString"));

    public static TaskRejected Refused(TaskCall call, string reason) =>
        Fail(call, new("InvalidMessageContentsException", "InvalidMessageContents", reason), "InvalidMessage");

    public static TaskRejected InvalidReceipt(TaskCall call) => Fail(
        call, new("ReceiptHandleIsInvalidException", "ReceiptHandleIsInvalid", "The input receipt handle is invalid: its form is wrong, or the message is visible again."), "InvalidReceipt");

    /// <summary>A failure of a batch as a whole.</summary>
    public static TaskRejected Batch(TaskCall call, string exception, string message) => Fail(call, new(exception, "AWS.SimpleQueueService." + exception.Replace("Exception", string.Empty, StringComparison.Ordinal), message), "InvalidArgument");

    private static TaskRejected Fail(TaskCall call, AwsFailure failure, string azure, string hint = "") => IsAzure(call)
        ? new(AzurePrefix + azure, failure.Message + hint)
        : AwsService.Sqs.Fail(call, failure, hint);
}

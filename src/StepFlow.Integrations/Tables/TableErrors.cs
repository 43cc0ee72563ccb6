namespace StepFlow.Integrations.Tables;

/// <summary>Makes the failures of DynamoDB, or of <c>azure:table</c> with its own names.</summary>
internal static class TableErrors
{
    /// <summary>What errors of <c>azure:table</c> begin with.</summary>
    public const string AzurePrefix = "Table.";

    public const string KeyMismatch = "The provided key element does not match the schema";

    public static string MissingKey(string attribute) => $"One or more parameter values were invalid: Missing the key {attribute} in the item";

    public static string KeyUpdate(string attribute) => $"One or more parameter values were invalid: Cannot update attribute {attribute}. This attribute is part of the key";

    public static string Unsupported(string parameter, string instead) => $"The parameter '{parameter}' is not supported; use {instead}";

    public static string NoIndex(string index, string table) => $"The table does not have the specified index: {index}; add it to the setting 'StepFlow:Tables:{table}:Indexes'";

    public const string Duplicates = "Provided list of item keys contains duplicates";

    public static string BatchSize(string parameter, int most) => $"The parameter '{parameter}' must hold 1 to {most} requests";

    public static string NullMember(string parameter) =>
        $"1 validation error detected: Value null at '{char.ToLowerInvariant(parameter[0]) + parameter[1..]}' failed to satisfy constraint: Member must not be null";

    public static TaskRejected Invalid(TaskCall call, string problem) =>
        Fail(call, AwsFailure.Unmodelled("ValidationException", problem), "InvalidArgument");

    public static TaskRejected NoTable(TaskCall call, string table, SettingHints hints) => Fail(
        call, NotFound(call, $"The table '{table}' does not exist"), "TableNotFound", hints.Add($"Tables:{table}:PartitionKey"));

    public static TaskRejected NoStore(TaskCall call, SettingHints hints) => Fail(
        call, NotFound(call, "No table store is configured"), "NotConfigured", hints.Add("Cosmos:Endpoint", "Cosmos:ConnectionString"));

    public static TaskRejected ConditionFailed(TaskCall call) =>
        Fail(call, AwsFailure.Modelled("ConditionalCheckFailedException", "The conditional request failed"), "ConditionNotMet");

    public static TaskRejected Cancelled(TaskCall call, string reasons) => Fail(
        call, AwsFailure.Modelled("TransactionCanceledException", $"Transaction cancelled, please refer cancellation reasons for specific reasons [{reasons}]"), "TransactionCancelled");

    // DynamoDB does not name the table.
    private static AwsFailure NotFound(TaskCall call, string azure) => AwsFailure.Modelled("ResourceNotFoundException", IsAzure(call) ? azure : "Requested resource not found");

    private static TaskRejected Fail(TaskCall call, AwsFailure failure, string azure, string hint = "") => IsAzure(call)
        ? new(AzurePrefix + azure, failure.Message + hint)
        : AwsService.DynamoDb.Fail(call, failure, hint);

    private static bool IsAzure(TaskCall call) => call.Resource.Service == PlainTable.Service;
}

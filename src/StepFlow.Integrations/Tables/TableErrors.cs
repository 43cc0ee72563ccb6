using StepFlow.Integrations.Answers;
using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Tables;

/// <summary>Says failures as DynamoDB says them.</summary>
internal static class TableErrors
{
    public const string KeyMismatch = "The provided key element does not match the schema";

    public static string MissingKey(string attribute) => $"One or more parameter values were invalid: Missing the key {attribute} in the item";

    public static string KeyUpdate(string attribute) => $"One or more parameter values were invalid: Cannot update attribute {attribute}. This attribute is part of the key";

    public static string Unsupported(string parameter, string instead) => $"The parameter '{parameter}' is not supported; use {instead}";

    public const string Duplicates = "Provided list of item keys contains duplicates";

    public static string BatchSize(string parameter, int most) => $"The parameter '{parameter}' must hold 1 to {most} requests";

    public static string NullMember(string parameter) =>
        $"1 validation error detected: Value null at '{char.ToLowerInvariant(parameter[0]) + parameter[1..]}' failed to satisfy constraint: Member must not be null";

    public static TaskRejected Invalid(TaskCall call, string problem) =>
        AwsService.DynamoDb.Fail(call, AwsFailure.Unmodelled("ValidationException", problem));

    public static TaskRejected NoTable(TaskCall call, string table, SettingHints hints) =>
        AwsService.DynamoDb.Fail(call, AwsFailure.Modelled("ResourceNotFoundException", "Requested resource not found"), hints.Add($"Tables:{table}:PartitionKey"));

    public static TaskRejected NoStore(TaskCall call, SettingHints hints) =>
        AwsService.DynamoDb.Fail(call, AwsFailure.Modelled("ResourceNotFoundException", "Requested resource not found"), hints.Add("Cosmos:Endpoint", "Cosmos:ConnectionString"));

    public static TaskRejected ConditionFailed(TaskCall call) =>
        AwsService.DynamoDb.Fail(call, AwsFailure.Modelled("ConditionalCheckFailedException", "The conditional request failed"));
}

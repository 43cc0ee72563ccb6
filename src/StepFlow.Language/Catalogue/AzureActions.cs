using System.Collections.Frozen;

namespace StepFlow.Language.Catalogue;

/// <summary>The parameters of the services of Azure, by the names of their actions. An action that is not here may have any.</summary>
internal static class AzureActions
{
    private const string Placeholders = " ExpressionAttributeNames ExpressionAttributeValues";
    private const string Search = "Index FilterExpression ProjectionExpression Limit ScanIndexForward ExclusiveStartKey" + Placeholders;

    private static readonly FrozenDictionary<string, (string Required, string Optional)> All = new Dictionary<string, (string, string)>
    {
        ["azure:blob:getBlob"] = ("Container Blob", ""),
        ["azure:blob:putBlob"] = ("Container Blob", "Body ContentType IfNoneMatch Metadata Tags"),
        ["azure:blob:copyBlob"] = ("Container Blob CopySource", ""),
        ["azure:blob:deleteBlob"] = ("Container Blob", ""),
        ["azure:blob:getBlobProperties"] = ("Container Blob", ""),
        ["azure:blob:listBlobs"] = ("Container", "Prefix Delimiter ContinuationToken MaxResults"),
        ["azure:blob:getBlobTags"] = ("Container Blob", ""),
        ["azure:blob:setBlobTags"] = ("Container Blob Tags", ""),
        ["azure:blob:deleteBlobTags"] = ("Container Blob", ""),
        ["azure:blob:getDownloadUrl"] = ("Container Blob", "ExpiresIn Visible"),
        ["azure:blob:getUploadUrl"] = ("Container Blob", "ExpiresIn Visible"),
        ["azure:queue:sendMessage"] = ("Queue MessageBody", "MessageAttributes MessageGroupId MessageDeduplicationId DelaySeconds"),
        ["azure:queue:receiveMessages"] = ("Queue", "MaxMessages VisibilityTimeout WaitSeconds"),
        ["azure:queue:deleteMessage"] = ("Queue Receipt", ""),
        ["azure:table:getItem"] = ("Table Key", "ProjectionExpression" + Placeholders),
        ["azure:table:putItem"] = ("Table Item", "ConditionExpression" + Placeholders),
        ["azure:table:updateItem"] = ("Table Key", "Set Remove ConditionExpression" + Placeholders),
        ["azure:table:deleteItem"] = ("Table Key", "ConditionExpression" + Placeholders),
        ["azure:table:query"] = ("Table Key", Search),
        ["azure:table:scan"] = ("Table", Search),
        ["azure:containerapps:startJob"] = ("Job", "Arguments Environment"),
        ["azure:rest:call"] = ("Url", "Method Body Headers QueryParameters"),
        ["azure:keyvault:getSecret"] = ("Name", ""),
        ["azure:functions:invoke"] = ("Function", "Body"),
        ["azure:servicebus:sendMessage"] = ("Body", "Queue Topic SessionId MessageId Subject DelaySeconds ScheduledEnqueueTime"),
        ["azure:servicebus:receiveMessages"] = ("", "Queue Topic Subscription MaxMessages WaitSeconds"),
        ["azure:servicebus:completeMessage"] = ("Receipt", "Queue Topic Subscription"),
        ["azure:servicebus:deadLetterMessage"] = ("Receipt", "Queue Topic Subscription Reason Description"),
        ["azure:eventgrid:publishEvents"] = ("Topic Events", ""),
        ["azure:eventhubs:sendEvents"] = ("EventHub Events", ""),
        ["azure:logicapps:triggerWorkflow"] = ("Workflow", "Body"),
        ["azure:cosmos:readItem"] = ("Container Id PartitionKey", "Database"),
        ["azure:cosmos:createItem"] = ("Container Item PartitionKey", "Database"),
        ["azure:cosmos:upsertItem"] = ("Container Item PartitionKey", "Database IfMatch"),
        ["azure:cosmos:patchItem"] = ("Container Id PartitionKey Operations", "Database Condition IfMatch"),
        ["azure:cosmos:deleteItem"] = ("Container Id PartitionKey", "Database IfMatch"),
        ["azure:cosmos:queryItems"] = ("Container Query", "Database Parameters PartitionKey MaxItems ContinuationToken"),
        ["azure:sql:execute"] = ("Connection", "Statement Parameters Statements"),
        ["azure:durablefunctions:startOrchestration"] = ("Orchestrator", "Target InstanceId Input"),
        ["azure:durablefunctions:raiseEvent"] = ("InstanceId EventName", "Target Data"),
        ["azure:durablefunctions:terminate"] = ("InstanceId", "Target Reason"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>An action that a host supports in addition to those of Step Functions.</summary>
    /// <param name="patterns">How a Task may wait.</param>
    public static IntegrationAction Of(string name, IReadOnlyList<TaskPattern> patterns) => All.TryGetValue(name, out (string Required, string Optional) parameters)
        ? new() { Name = name, Patterns = patterns, Required = Words(parameters.Required), Optional = Words(parameters.Optional) }
        : new() { Name = name, Patterns = patterns };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

using System.Collections.Frozen;

namespace StepFlow.Language.Catalogue;

/// <summary>
/// The integrations that a definition can use: Resources are checked against them when a state machine is created
/// ("Integrating services with Step Functions" in the developer guide). Also the services of the SDK with their actions.
/// </summary>
public sealed class IntegrationCatalogue
{
    private const string SdkPrefix = "aws-sdk:";

    private static readonly TaskPattern[] Response = [TaskPattern.RequestResponse];
    private static readonly TaskPattern[] Job = [TaskPattern.RequestResponse, TaskPattern.Sync];
    private static readonly TaskPattern[] Token = [TaskPattern.RequestResponse, TaskPattern.WaitForTaskToken];
    private static readonly TaskPattern[] JobOrToken = [TaskPattern.RequestResponse, TaskPattern.Sync, TaskPattern.WaitForTaskToken];
    private static readonly TaskPattern[] All = [TaskPattern.RequestResponse, TaskPattern.Sync, TaskPattern.Sync2, TaskPattern.WaitForTaskToken];

    /// <summary>The optimised integrations of Step Functions.</summary>
    public static readonly IntegrationCatalogue Aws = new(
    [
        Action("apigateway:invoke", Token, "ApiEndpoint Method", "Headers Stage Path QueryParameters RequestBody AllowNullValues AuthType") with { TextLists = ["Headers", "QueryParameters"] },
        Action("athena:startQueryExecution", Job),
        .. Several("athena", Response, "stopQueryExecution getQueryExecution getQueryResults"),
        Action("batch:submitJob", Job),
        Action("bedrock:invokeModel", Response),
        Action("bedrock:createModelCustomizationJob", Job),
        .. Several("codebuild", Job, "startBuild startBuildBatch retryBuildBatch"),
        .. Several("codebuild", Response, "stopBuild stopBuildBatch batchDeleteBuilds batchGetReports deleteBuildBatch"),
        Action("databrew:startJobRun", Job),
        Action("dynamodb:getItem", Response, "TableName Key", "AttributesToGet ConsistentRead ExpressionAttributeNames ProjectionExpression ReturnConsumedCapacity"),
        Action("dynamodb:putItem", Response, "TableName Item", ItemChanges),
        Action("dynamodb:deleteItem", Response, "TableName Key", ItemChanges),
        Action("dynamodb:updateItem", Response, "TableName Key", ItemChanges + " AttributeUpdates UpdateExpression"),
        Action("ecs:runTask", JobOrToken),
        .. Several("eks", Job, "createCluster deleteCluster createNodegroup deleteNodegroup createFargateProfile deleteFargateProfile"),
        Action("eks:call", Response),
        Action("eks:runJob", JobOrToken),
        .. Several("elasticmapreduce", Job, "createCluster terminateCluster addStep"),
        .. Several("elasticmapreduce", Response, "setClusterTerminationProtection cancelStep modifyInstanceFleetByName modifyInstanceGroupByName"),
        Action("emr-containers:createVirtualCluster", Response),
        .. Several("emr-containers", Job, "deleteVirtualCluster startJobRun"),
        .. Several("emr-serverless", Job, "createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun"),
        Action("events:putEvents", Token, "Entries", "EndpointId"),
        Action("glue:startJobRun", Job),
        Action("http:invoke", Response, "ApiEndpoint Method", "Authentication InvocationConfig Headers QueryParameters RequestBody Transform"),
        Action("lambda:invoke", Token, "FunctionName", "Payload ClientContext InvocationType Qualifier LogType"),
        Action("mediaconvert:createJob", Job),
        .. Several("sagemaker", Job, "createHyperParameterTuningJob createLabelingJob createProcessingJob createTrainingJob createTransformJob"),
        .. Several("sagemaker", Response, "createEndpoint createEndpointConfig createModel updateEndpoint"),
        Action("sns:publish", Token, "", "Message TopicArn TargetArn PhoneNumber Subject MessageStructure MessageAttributes MessageDeduplicationId MessageGroupId"),
        Action("sqs:sendMessage", Token, "QueueUrl", "MessageBody DelaySeconds MessageAttributes MessageSystemAttributes MessageDeduplicationId MessageGroupId"),
        Action("states:startExecution", All, "StateMachineArn", "Input Name TraceHeader"),
    ]);

    private const string ItemChanges =
        "ConditionalOperator ConditionExpression Expected ExpressionAttributeNames ExpressionAttributeValues ReturnConsumedCapacity ReturnItemCollectionMetrics ReturnValues ReturnValuesOnConditionCheckFailure";

    /// <summary>As many near names are listed.</summary>
    private const int MaxNear = 3;

    private readonly FrozenDictionary<string, IntegrationAction> _actions;
    private readonly Func<TaskResource, bool> _isMapped;
    private readonly FrozenSet<string> _sdk;

    private IntegrationCatalogue(IEnumerable<IntegrationAction> actions, Func<TaskResource, bool>? isMapped = null, IEnumerable<string>? sdk = null)
    {
        _isMapped = isMapped ?? (static _ => false);
        _sdk = (sdk ?? []).ToFrozenSet(StringComparer.Ordinal);
        var byName = new Dictionary<string, IntegrationAction>(StringComparer.Ordinal);
        foreach (IntegrationAction action in actions)
        {
            byName[action.Name] = action;
        }

        _actions = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IEnumerable<IntegrationAction> Listed => _actions.Values.OrderBy(action => action.Name, StringComparer.Ordinal);

    /// <summary>
    /// This catalogue with the additional names of a host. Patterns of these are not checked, and parameters only for services of Azure. A name
    /// that a host has both with and without <c>aws-sdk:</c> is an action of the SDK. Without the prefix, only listed names are valid.
    /// </summary>
    /// <param name="names">Names such as <c>azure:blob:getBlob</c>.</param>
    /// <param name="isMapped">Whether a Resource is mapped in the host's settings.</param>
    /// <param name="suggestsSimilar">Whether messages suggest similar names.</param>
    public IntegrationCatalogue With(IReadOnlyCollection<string> names, Func<TaskResource, bool> isMapped, bool suggestsSimilar = false) => new(
        names.Where(name => !_actions.ContainsKey(name) && !IsOfAws(name, names)).Select(name => AzureActions.Of(name, All)).Concat(_actions.Values),
        isMapped,
        names.Where(static name => name.StartsWith(SdkPrefix, StringComparison.Ordinal)))
    {
        SuggestsSimilar = suggestsSimilar,
    };

    public IntegrationAction? Find(TaskResource resource) => _actions.GetValueOrDefault($"{resource.Service}:{resource.Action}");

    /// <summary>Whether the message about an unknown Resource suggests similar names. If false, the message is exactly that of Step Functions.</summary>
    public bool SuggestsSimilar { get; init; }

    /// <summary>The actions whose names are similar to an unknown Resource, the most similar first.</summary>
    public IReadOnlyList<string> Similar(TaskResource resource) => Similar($"{resource.Service}:{resource.Action}", resource.IsSdk
        ? SdkServices.Candidates(resource.Service[SdkPrefix.Length..], resource.Action).Select(static name => SdkPrefix + name)
        : _actions.Keys);

    /// <summary>Similar names, the most similar first. If the service is known, only its actions.</summary>
    /// <param name="name">Service and action.</param>
    /// <param name="known">Services and actions that there are.</param>
    public static IReadOnlyList<string> Similar(string name, IEnumerable<string> known)
    {
        int end = name.LastIndexOf(':') + 1;
        string[] ofService = [.. known.Where(other => end > 0 && other.StartsWith(name[..end], StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        string[] near = [.. SimilarNames.List(name[end..], ofService.Select(other => other[end..])).Select(action => name[..end] + action)];
        return [.. (near.Length > 0 ? near : ofService.Length > 0 ? ofService : SimilarNames.List(name, known)).Take(MaxNear)];
    }

    /// <summary>Whether the action of a Resource exists, and supports the Resource's pattern.</summary>
    public bool Recognises(TaskResource resource) => _isMapped(resource) || (resource.IsSdk
        ? IsSdkAction(resource) && resource.Pattern is TaskPattern.RequestResponse or TaskPattern.WaitForTaskToken
        : Find(resource) is { } action && action.Patterns.Contains(resource.Pattern));

    private static bool IsOfAws(string name, IReadOnlyCollection<string> names) =>
        name.StartsWith(SdkPrefix, StringComparison.Ordinal) || names.Contains(SdkPrefix + name);

    /// <summary>Whether the SDK has the action, or the host adds it. Names of actions begin with a lower-case letter, and have only letters and digits.</summary>
    private bool IsSdkAction(TaskResource resource) =>
        _sdk.Contains($"{resource.Service}:{resource.Action}")
        || (resource.Action.Length > 0 && char.IsAsciiLetterLower(resource.Action[0]) && resource.Action.All(char.IsAsciiLetterOrDigit)
            && SdkServices.Has(resource.Service[SdkPrefix.Length..], resource.Action));

    private static IntegrationAction Action(string name, TaskPattern[] patterns) => new() { Name = name, Patterns = patterns };

    private static IntegrationAction Action(string name, TaskPattern[] patterns, string required, string optional) => new()
    {
        Name = name,
        Patterns = patterns,
        Required = Words(required),
        Optional = Words(optional),
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<IntegrationAction> Several(string service, TaskPattern[] patterns, string actions) =>
        Words(actions).Select(action => Action($"{service}:{action}", patterns));
}

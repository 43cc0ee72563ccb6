namespace StepFlow.Integrations.Responses;

/// <summary>
/// How a service signs its failures: an optimised integration and an SDK integration name the same failure differently
/// (Step Functions developer guide, "Service integrations").
/// </summary>
/// <param name="Prefix">The optimised integration's prefix of error names (<c>DynamoDB</c>).</param>
/// <param name="Name">The service's name in the optimised integration's causes (<c>AmazonDynamoDBv2</c>).</param>
/// <param name="Unmodelled">The optimised integration's error name for a failure that the service has no exception for (<c>AmazonDynamoDBException</c>).</param>
/// <param name="SdkPrefix">The SDK integration's prefix and service name (<c>DynamoDb</c>).</param>
internal sealed record AwsService(string Prefix, string Name, string Unmodelled, string SdkPrefix)
{
    public static readonly AwsService Lambda = new("Lambda", "AWSLambda", "AWSLambdaException", "Lambda");
    public static readonly AwsService DynamoDb = new("DynamoDB", "AmazonDynamoDBv2", "AmazonDynamoDBException", "DynamoDb");
    public static readonly AwsService S3 = new("S3", "Amazon S3", "AmazonS3Exception", "S3");
    public static readonly AwsService Sqs = new("SQS", "AmazonSQS", "AmazonSQSException", "Sqs");
    public static readonly AwsService Sns = new("SNS", "AmazonSNS", "AmazonSNSException", "Sns");
    public static readonly AwsService StepFunctions = new("StepFunctions", "AWSStepFunctions", "AWSStepFunctionsException", "Sfn");
    public static readonly AwsService EventBridge = new("EventBridge", "AmazonCloudWatchEvents", "AmazonEventBridgeException", "EventBridge");

    public static readonly AwsService Ecs = new("ECS", "AmazonECS", "AmazonECSException", "Ecs");
    public static readonly AwsService Batch = new("Batch", "AWSBatch", "AWSBatchException", "Batch");
    public static readonly AwsService Glue = new("Glue", "AWSGlue", "AWSGlueException", "Glue");
    public static readonly AwsService CodeBuild = new("CodeBuild", "AWSCodeBuild", "AWSCodeBuildException", "CodeBuild");
    public static readonly AwsService MediaConvert = new("MediaConvert", "AWSMediaConvert", "AWSMediaConvertException", "MediaConvert");

    public static readonly AwsService SecretsManager = new("SecretsManager", "AWSSecretsManager", "AWSSecretsManagerException", "SecretsManager");
    public static readonly AwsService Ssm = new("SSM", "AWSSimpleSystemsManagement", "AWSSimpleSystemsManagementException", "Ssm");

    /// <summary>A failure that the service has an exception for.</summary>
    public TaskRejected Fail(TaskCall call, AwsFailure failure, string hint = "") => call.Resource.IsSdk
        ? new($"{SdkPrefix}.{failure.Exception ?? SdkPrefix + "Exception"}", SdkCause(call, failure) + hint)
        : new($"{Prefix}.{failure.Exception ?? Unmodelled}", OptimisedCause(call, failure) + hint);

    private string OptimisedCause(TaskCall call, AwsFailure failure) =>
        $"{failure.Message} (Service: {Name}; Status Code: {failure.Status}; Error Code: {failure.Code}; " +
        $"Request ID: {failure.RequestId ?? RequestId.For(call.IdempotencyKey)}; Proxy: null)";

    private string SdkCause(TaskCall call, AwsFailure failure)
    {
        string requestId = failure.RequestId ?? RequestId.For(call.IdempotencyKey);
        string extended = this == S3 ? $", Extended Request ID: {requestId}" : string.Empty;
        return $"{failure.Message} (Service: {SdkPrefix}, Status Code: {failure.Status}, Request ID: {requestId}{extended}) (SDK Attempt Count: 1)";
    }
}

/// <summary>One failure of a service, before it is signed.</summary>
/// <param name="Exception">The exception's name, ending in <c>Exception</c>; null where the service has none for it.</param>
/// <param name="Code">The error code.</param>
/// <param name="Message">What went wrong.</param>
internal sealed record AwsFailure(string? Exception, string Code, string Message, int Status = 400)
{
    /// <summary>The request's id; null for one that is made of the call.</summary>
    public string? RequestId { get; init; }

    /// <summary>A failure whose exception is named like its code.</summary>
    public static AwsFailure Modelled(string code, string message, int status = 400) =>
        new(code.EndsWith("Exception", StringComparison.Ordinal) ? code : code + "Exception", code, message, status);

    /// <summary>A failure that the service has no exception for.</summary>
    public static AwsFailure Unmodelled(string code, string message, int status = 400) => new(null, code, message, status);
}

using System.Collections.Frozen;

namespace StepFlow.Integrations.Aws;

/// <summary>The services that can be called, by the names that Resources have for them, with and without <c>aws-sdk:</c> before them.</summary>
internal static class AwsProtocols
{
    private const string Validation = "ValidationException";
    private const string Denied = "AccessDeniedException";
    private const string Throttled = "ThrottlingException";
    private const string RequestToken = "ClientRequestToken";

    private static readonly FrozenDictionary<string, AwsProtocol> All = new Dictionary<string, AwsProtocol>
    {
        ["athena"] = new(Named("Athena"), "athena", "AmazonAthena", "1.1") { Tokens = Tokens(RequestToken, "StartQueryExecution", "CreateNamedQuery") },
        ["batch"] = Camel(AwsService.Batch, "batch", string.Empty, "1.1", "labels limits options parameters shareAttributes tags") with { Path = "v1/" },
        ["cloudwatchlogs"] = Camel(Named("CloudWatchLogs"), "logs", "Logs_20140328", "1.1", "tags attributes dimensions") with { Modelled = Set(Validation, Denied, Throttled) },
        ["codebuild"] = Camel(AwsService.CodeBuild, "codebuild", "CodeBuild_20161006", "1.1", "statusCounts") with { Tokens = Tokens("idempotencyToken", "StartBuild", "StartBuildBatch") },
        ["codedeploy"] = Camel(Named("CodeDeploy"), "codedeploy", "CodeDeploy_20141006", "1.1", "targetFilters") with { Modelled = Set(Throttled) },
        ["codepipeline"] = Camel(Named("CodePipeline"), "codepipeline", "CodePipeline_20150709", "1.1", "artifactStores configuration outputVariables resolvedConfiguration")
            with
        { Modelled = Set(Validation), Tokens = Tokens("clientRequestToken", "StartPipelineExecution") },
        ["cognitoidentityprovider"] = new(Named("CognitoIdentityProvider"), "cognito-idp", "AWSCognitoIdentityProviderService", "1.1"),
        ["comprehend"] = new(Named("Comprehend"), "comprehend", "Comprehend_20171127", "1.1")
        {
            Tokens = Tokens(RequestToken, "StartDocumentClassificationJob", "StartDominantLanguageDetectionJob", "StartEntitiesDetectionJob", "StartEventsDetectionJob", "StartKeyPhrasesDetectionJob", "StartPiiEntitiesDetectionJob", "StartSentimentDetectionJob", "StartTopicsDetectionJob"),
        },
        ["databasemigration"] = new(Named("DatabaseMigration"), "dms", "AmazonDMSv20160101", "1.1"),
        ["dynamodb"] = new(AwsService.DynamoDb, "dynamodb", "DynamoDB_20120810", "1.0")
        {
            Modelled = Set(Throttled),
            Tokens = Tokens(RequestToken, "TransactWriteItems", "ExecuteTransaction"),
        },
        ["ecr"] = Camel(Named("Ecr"), "api.ecr", "AmazonEC2ContainerRegistry_V20150921", "1.1", "annotations findingSeverityCounts tags") with { SigningName = "ecr", Modelled = Set(Validation) },
        ["ecs"] = Camel(AwsService.Ecs, "ecs", "AmazonEC2ContainerServiceV20141113", "1.1", "dockerLabels driverOpts labels options") with { Modelled = Set(Denied), Tokens = Tokens("clientToken", "RunTask") },
        ["emr"] = new(Named("Emr"), "elasticmapreduce", "ElasticMapReduce", "1.1"),
        ["eventbridge"] = new(AwsService.EventBridge, "events", "AWSEvents", "1.1") { Texts = Set("Detail", "Input"), Modelled = Set(Denied, Throttled) },
        ["firehose"] = new(Named("Firehose"), "firehose", "Firehose_20150804", "1.1"),
        ["glue"] = new(AwsService.Glue, "glue", "AWSGlue", "1.1") { Modelled = Set(Validation, Denied, Throttled) },
        ["kinesis"] = new(Named("Kinesis"), "kinesis", "Kinesis_20131202", "1.1") { Modelled = Set(Validation, Denied) },
        ["kms"] = new(Named("Kms"), "kms", "TrentService", "1.1"),
        ["personalize"] = Camel(Named("Personalize"), "personalize", "AmazonPersonalize", "1.1", "algorithmHyperParameters featureTransformationParameters metrics itemExplorationConfig"),
        ["redshiftdata"] = new(Named("RedshiftData"), "redshift-data", "RedshiftData", "1.1") { Modelled = Set(Validation), Tokens = Tokens("ClientToken", "ExecuteStatement", "BatchExecuteStatement") },
        ["rekognition"] = new(Named("Rekognition"), "rekognition", "RekognitionService", "1.1") { Modelled = Set(Denied, Throttled) },
        ["sagemaker"] = new(Named("SageMaker"), "api.sagemaker", "SageMaker", "1.1") { SigningName = "sagemaker", Tokens = Tokens(RequestToken, "StartPipelineExecution", "CreatePipeline") },
        ["secretsmanager"] = new(AwsService.SecretsManager, "secretsmanager", "secretsmanager", "1.1") { Tokens = Tokens(RequestToken, "CreateSecret", "PutSecretValue", "UpdateSecret", "RotateSecret") },
        ["servicediscovery"] = new(Named("ServiceDiscovery"), "servicediscovery", "Route53AutoNaming_v20170314", "1.1"),
        ["sfn"] = Camel(AwsService.StepFunctions, "states", "AWSStepFunctions", "1.0", "assignedVariables variableReferences") with { Texts = Set("input", "output", "definition"), Modelled = Set(Validation), Tokens = Tokens("name", "StartExecution") },
        ["sqs"] = new(AwsService.Sqs, "sqs", "AmazonSQS", "1.0") { Texts = Set("MessageBody") },
        ["ssm"] = new(AwsService.Ssm, "ssm", "AmazonSSM", "1.1") { Modelled = Set(Validation, Denied, Throttled) },
        ["textract"] = new(Named("Textract"), "textract", "Textract", "1.1") { Modelled = Set(Validation, Denied, Throttled) },
        ["transcribe"] = new(Named("Transcribe"), "transcribe", "Transcribe", "1.1"),
        ["translate"] = new(Named("Translate"), "translate", "AWSShineFrontendService_20170701", "1.1") { Tokens = Tokens("ClientToken", "StartTextTranslationJob") },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What optimised integrations call a service that the SDK's call otherwise.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["states"] = "sfn",
        ["events"] = "eventbridge",
        ["elasticmapreduce"] = "emr",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of the services.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>A service by its name in a Resource, without <c>aws-sdk:</c>; null where it cannot be called.</summary>
    public static AwsProtocol? Find(string service) => All.GetValueOrDefault(Aliases.GetValueOrDefault(service, service));

    private static AwsService Named(string name) => new(name, "Amazon" + name, $"Amazon{name}Exception", name);

    private static AwsProtocol Camel(AwsService service, string endpoint, string target, string version, string maps) =>
        new(service, endpoint, target, version) { IsCamelCase = true, Maps = Set(maps.Split(' ')) };

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> Tokens(string member, params string[] operations) =>
        operations.ToFrozenDictionary(static operation => operation, _ => member, StringComparer.Ordinal);
}

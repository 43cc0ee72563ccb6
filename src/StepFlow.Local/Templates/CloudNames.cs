namespace StepFlow.Local.Templates;

/// <summary>The names, ARNs and attributes that the resources of a CloudFormation template would have.</summary>
/// <param name="resources">The template's Resources.</param>
/// <param name="resolve">Resolves intrinsic functions.</param>
internal sealed class CloudNames(JsonObject resources, Func<JsonValue, JsonValue> resolve)
{
    public const string Region = "us-east-1";
    public const string Account = "123456789012";

    private static readonly string[] NameProperties =
        ["FunctionName", "StateMachineName", "TableName", "BucketName", "QueueName", "TopicName", "RoleName", "LogGroupName", "ClusterName", "Family", "Name"];

    // A name that is made of itself would never end.
    private readonly HashSet<string> _open = [];

    public IEnumerable<string> Ids => resources.Where(static one => one.Value is JsonObject).Select(static one => one.Key);

    public bool Has(string id) => resources[id] is JsonObject;

    /// <summary>The type, as CloudFormation names it.</summary>
    public string Type(string id) => ((resources[id] as JsonObject)?["Type"] as JsonString)?.Value ?? string.Empty;

    public JsonObject Properties(string id) => (resources[id] as JsonObject)?["Properties"] as JsonObject ?? JsonObject.Empty;

    /// <summary>The resource's name: that in the template, or its logical id.</summary>
    public string Name(string id)
    {
        string fallback = Type(id) == "AWS::S3::Bucket" ? id.ToLowerInvariant() : id;
        JsonObject properties = Properties(id);
        if (!_open.Add(id))
        {
            return fallback;
        }

        try
        {
            return NameProperties.Where(name => name != "Name" || Type(id) is not "AWS::Serverless::Function")
                .Select(name => properties[name])
                .OfType<JsonValue>()
                .Select(resolve)
                .OfType<JsonString>()
                .FirstOrDefault()?.Value is { Length: > 0 } name ? name : fallback;
        }
        finally
        {
            _open.Remove(id);
        }
    }

    /// <summary>The value of <c>Ref</c>.</summary>
    public string Ref(string id) => Type(id) switch
    {
        "AWS::Serverless::StateMachine" or "AWS::StepFunctions::StateMachine" or "AWS::StepFunctions::Activity" or "AWS::SNS::Topic"
            or "AWS::ECS::TaskDefinition" or "AWS::Lambda::Version" or "AWS::Lambda::Alias" or "AWS::StepFunctions::StateMachineAlias"
            or "AWS::StepFunctions::StateMachineVersion" or "AWS::SecretsManager::Secret" or "AWS::Batch::JobQueue" or "AWS::Batch::JobDefinition" => Arn(id),
        "AWS::SQS::Queue" => $"https://sqs.{Region}.amazonaws.com/{Account}/{Name(id)}",
        _ => Name(id),
    };

    /// <summary>The value of <c>Fn::GetAtt</c>; null for an attribute that is only known after creation.</summary>
    public string? Attribute(string id, string attribute) => attribute switch
    {
        "Arn" or "TopicArn" or "FunctionArn" => Arn(id),
        "Name" or "QueueName" or "TopicName" or "TableName" or "RoleName" or "FunctionName" => Name(id),
        "QueueUrl" => Ref(id),
        "Alias" or "Version" when Type(id) == "AWS::Serverless::Function" => $"{Arn(id)}:{(resolve(Properties(id)["AutoPublishAlias"] ?? "live") as JsonString)?.Value ?? "live"}",
        _ => null,
    };

    private string Arn(string id)
    {
        string type = Type(id);
        return type switch
        {
            "AWS::Lambda::Function" or "AWS::Serverless::Function" => $"arn:aws:lambda:{Region}:{Account}:function:{Name(id)}",
            "AWS::Lambda::Version" or "AWS::Lambda::Alias" => resolve(Properties(id)["FunctionName"] ?? id) is JsonString { Value: var function }
                ? $"{(function.StartsWith("arn:", StringComparison.Ordinal) ? function : $"arn:aws:lambda:{Region}:{Account}:function:{function}")}{(type.EndsWith("Alias", StringComparison.Ordinal) ? ":" + Name(id) : string.Empty)}"
                : id,
            "AWS::Serverless::StateMachine" or "AWS::StepFunctions::StateMachine" => $"arn:aws:states:{Region}:{Account}:stateMachine:{Name(id)}",
            "AWS::StepFunctions::StateMachineAlias" or "AWS::StepFunctions::StateMachineVersion" => resolve(Properties(id)["StateMachineArn"] ?? id) is JsonString { Value: var machine } ? machine : id,
            "AWS::StepFunctions::Activity" => $"arn:aws:states:{Region}:{Account}:activity:{Name(id)}",
            "AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable" or "AWS::DynamoDB::GlobalTable" => $"arn:aws:dynamodb:{Region}:{Account}:table/{Name(id)}",
            "AWS::S3::Bucket" => $"arn:aws:s3:::{Name(id)}",
            "AWS::IAM::Role" => $"arn:aws:iam::{Account}:role/{Name(id)}",
            "AWS::Events::EventBus" => $"arn:aws:events:{Region}:{Account}:event-bus/{Name(id)}",
            "AWS::Events::Connection" => $"arn:aws:events:{Region}:{Account}:connection/{Name(id)}/00000000-0000-0000-0000-000000000000",
            "AWS::Logs::LogGroup" => $"arn:aws:logs:{Region}:{Account}:log-group:{Name(id)}:*",
            "AWS::ECS::Cluster" => $"arn:aws:ecs:{Region}:{Account}:cluster/{Name(id)}",
            "AWS::ECS::TaskDefinition" => $"arn:aws:ecs:{Region}:{Account}:task-definition/{Name(id)}:1",
            "AWS::Batch::JobQueue" => $"arn:aws:batch:{Region}:{Account}:job-queue/{Name(id)}",
            "AWS::Batch::JobDefinition" => $"arn:aws:batch:{Region}:{Account}:job-definition/{Name(id)}:1",
            _ => $"arn:aws:{Service(type)}:{Region}:{Account}:{Name(id)}",
        };
    }

    private static string Service(string type) => type.Split("::") is [_, var service, ..] ? service.ToLowerInvariant() : "unknown";
}

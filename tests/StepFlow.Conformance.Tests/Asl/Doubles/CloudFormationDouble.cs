using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Stacks: their state machines, activities, versions and aliases are created by the service's own operations.</summary>
internal sealed class CloudFormationDouble(AwsWorld world)
{
    private readonly Dictionary<string, (StackTemplate Template, JsonArray Resources)> _stacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _changeSets = new(StringComparer.Ordinal);

    /// <summary>The service's response; null if the operation, or a resource of the stack, has no double.</summary>
    /// <param name="operation">The operation, as the client names it: <c>create_stack</c>.</param>
    /// <param name="arguments">What it is called with.</param>
    public async Task<JsonObject?> RespondAsync(string operation, JsonObject arguments)
    {
        string stack = (AwsResponses.Text(arguments, "StackName") ?? string.Empty).Split('/') is [_, var named, ..] ? named : AwsResponses.Text(arguments, "StackName") ?? string.Empty;
        switch (operation)
        {
            case "create_stack" or "update_stack":
                return await ApplyAsync(stack, arguments) ? JsonObject.Create(("StackId", Id(stack))) : null;
            case "create_change_set":
                _changeSets[stack] = arguments;
                return JsonObject.Create(("Id", $"arn:aws:cloudformation:us-east-1:111111111111:changeSet/{AwsResponses.Text(arguments, "ChangeSetName")}/1"), ("StackId", Id(stack)));
            case "describe_change_set":
                return JsonObject.Create(("ExecutionStatus", "AVAILABLE"), ("StackId", Id(stack)), ("StackName", stack), ("Status", "CREATE_COMPLETE"));
            case "execute_change_set":
                return _changeSets.Remove(stack, out JsonObject? changes) && await ApplyAsync(stack, changes) ? JsonObject.Empty : null;
            case "describe_stacks":
                return _stacks.TryGetValue(stack, out (StackTemplate Template, JsonArray Resources) found)
                    ? JsonObject.Create(("Stacks", JsonArray.Create(JsonObject.Create(
                        ("Outputs", found.Template.Outputs), ("StackId", Id(stack)), ("StackName", stack), ("StackStatus", "CREATE_COMPLETE")))))
                    : null;
            case "describe_stack_resources":
                return _stacks.TryGetValue(stack, out (StackTemplate Template, JsonArray Resources) described) ? JsonObject.Create(("StackResources", described.Resources)) : null;
            default:
                return null;
        }
    }

    private static string Id(string stack) => $"arn:aws:cloudformation:us-east-1:111111111111:stack/{stack}/1";

    private async Task<bool> ApplyAsync(string stack, JsonObject arguments)
    {
        if (StackTemplate.Read(arguments["TemplateBody"], arguments["Parameters"] as JsonArray) is not { } template)
        {
            return false;
        }

        var resources = new List<JsonValue>();
        foreach ((string id, string type, JsonObject properties) in template.Resources)
        {
            if (await CreateAsync(stack, id, type, (JsonObject)template.Resolve(properties)) is not { } resource)
            {
                world.MissingDouble ??= $"no double stands for {type}";
                return false;
            }

            template.Created(id, resource);
            resources.Add(JsonObject.Create(
                ("LogicalResourceId", id), ("PhysicalResourceId", resource.Reference), ("ResourceStatus", "CREATE_COMPLETE"), ("ResourceType", type), ("StackName", stack)));
        }

        _stacks[stack] = (template, JsonArray.From(resources));
        return true;
    }

    private async Task<StackResource?> CreateAsync(string stack, string id, string type, JsonObject properties)
    {
        string name = $"{stack}-{id}-{AwsResponses.NewId()[..12]}";
        switch (type)
        {
            case "AWS::StepFunctions::StateMachine":
                return await MachineAsync(AwsResponses.Text(properties, "StateMachineName") ?? name, properties);
            case "AWS::StepFunctions::Activity":
                string activity = AwsResponses.Text(properties, "Name") ?? name;
                string? activityArn = await ArnAsync("CreateActivity", "activityArn", ("name", activity));
                return activityArn is null ? null : StackResource.Of(activityArn, ("Arn", activityArn), ("Name", activity));
            case "AWS::StepFunctions::StateMachineVersion":
                string? version = await ArnAsync("PublishStateMachineVersion", "stateMachineVersionArn", ("stateMachineArn", properties["StateMachineArn"] ?? string.Empty));
                return version is null ? null : StackResource.Of(version, ("Arn", version));
            case "AWS::StepFunctions::StateMachineAlias":
                string? alias = await ArnAsync(
                    "CreateStateMachineAlias", "stateMachineAliasArn",
                    ("name", properties["Name"] ?? name), ("routingConfiguration", LowerCased(properties["RoutingConfiguration"] ?? JsonArray.Empty)));
                return alias is null ? null : StackResource.Of(alias, ("Arn", alias));
            case "AWS::Lambda::Function":
                string function = AwsResponses.Text(properties, "FunctionName") ?? name;
                return StackResource.Of(function, ("Arn", "arn:aws:lambda:us-east-1:111111111111:function:" + function));
            case "AWS::IAM::Role":
                string role = AwsResponses.Text(properties, "RoleName") ?? name;
                return StackResource.Of(role, ("Arn", "arn:aws:iam::111111111111:role/" + role));
            case "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy" or "AWS::Lambda::Permission":
                return StackResource.Of(name);
            case "AWS::Logs::LogGroup":
                string group = AwsResponses.Text(properties, "LogGroupName") ?? name;
                world.LogGroups.Respond("create_log_group", JsonObject.Create(("logGroupName", group)));
                return StackResource.Of(group, ("Arn", $"arn:aws:logs:us-east-1:111111111111:log-group:{group}:*"));
            case "AWS::SQS::Queue":
                string queue = AwsResponses.Text(properties, "QueueName") ?? name;
                string url = "https://sqs.us-east-1.amazonaws.com/111111111111/" + queue;
                world.Queues.Add(url);
                return StackResource.Of(url, ("Arn", "arn:aws:sqs:us-east-1:111111111111:" + queue), ("QueueName", queue), ("QueueUrl", url));
            case "AWS::SNS::Topic":
                string topic = "arn:aws:sns:us-east-1:111111111111:" + (AwsResponses.Text(properties, "TopicName") ?? name);
                world.Topics.Add(topic);
                return StackResource.Of(topic, ("TopicArn", topic), ("TopicName", topic.Split(':')[^1]));
            case "AWS::S3::Bucket":
                string bucket = AwsResponses.Text(properties, "BucketName") ?? name.ToLowerInvariant();
                world.Buckets.Add(bucket);
                return StackResource.Of(bucket, ("Arn", "arn:aws:s3:::" + bucket));
            case "AWS::DynamoDB::Table" when properties["KeySchema"] is JsonArray { Count: > 0 } keys:
                string table = AwsResponses.Text(properties, "TableName") ?? name;
                world.Tables.Add(table, AwsResponses.Text(keys[0], "AttributeName") ?? string.Empty);
                return StackResource.Of(table, ("Arn", "arn:aws:dynamodb:us-east-1:111111111111:table/" + table));
            default:
                return null;
        }
    }

    private async Task<StackResource?> MachineAsync(string name, JsonObject properties)
    {
        string? text = properties["Definition"] is { } definition ? PythonJson.Write(definition) : AwsResponses.Text(properties, "DefinitionString");
        foreach (KeyValuePair<string, JsonValue> substitution in properties["DefinitionSubstitutions"] as JsonObject ?? JsonObject.Empty)
        {
            text = text?.Replace("${" + substitution.Key + "}", StackTemplate.Text(substitution.Value), StringComparison.Ordinal);
        }

        JsonObjectBuilder request = new JsonObjectBuilder()
            .Set("name", name)
            .Set("definition", text ?? string.Empty)
            .Set("roleArn", properties["RoleArn"] ?? string.Empty)
            .Set("type", properties["StateMachineType"] ?? "STANDARD")
            .SetIfPresent("loggingConfiguration", properties["LoggingConfiguration"] is { } logging ? LowerCased(logging) : null)
            .SetIfPresent("tracingConfiguration", properties["TracingConfiguration"] is { } tracing ? LowerCased(tracing) : null)
            .SetIfPresent("encryptionConfiguration", properties["EncryptionConfiguration"] is { } encryption ? LowerCased(encryption) : null)
            .SetIfPresent("tags", properties["Tags"] is { } tags ? LowerCased(tags) : null);
        ApiResult created = await world.CallAsync("CreateStateMachine", request.Build());
        string? arn = AwsResponses.Text(created.Response ?? JsonObject.Empty, "stateMachineArn");
        return arn is null ? null : StackResource.Of(arn, ("Arn", arn), ("Name", name), ("StateMachineRevisionId", "INITIAL"));
    }

    private async Task<string?> ArnAsync(string operation, string member, params (string Name, JsonValue Value)[] request) =>
        AwsResponses.Text((await world.CallAsync(operation, JsonObject.Create(request))).Response ?? JsonObject.Empty, member);

    /// <summary>Members as the API names them: CloudFormation's begin with a capital letter.</summary>
    private static JsonValue LowerCased(JsonValue value) => value switch
    {
        JsonObject members => members.Aggregate(
            new JsonObjectBuilder(), static (builder, member) => builder.Set(char.ToLowerInvariant(member.Key[0]) + member.Key[1..], LowerCased(member.Value))).Build(),
        JsonArray items => JsonArray.From(items.Select(LowerCased)),
        _ => value,
    };
}

using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>Log groups by name.</summary>
internal sealed class LogGroupsDouble
{
    private readonly List<string> _groups = [];

    /// <summary>The service's response; null if the operation has no double.</summary>
    public JsonObject? Respond(string operation, JsonObject arguments)
    {
        switch (operation)
        {
            case "create_log_group":
                _groups.Add(AwsResponses.Text(arguments, "logGroupName")!);
                return JsonObject.Empty;
            case "delete_log_group":
                _groups.Remove(AwsResponses.Text(arguments, "logGroupName")!);
                return JsonObject.Empty;
            case "describe_log_groups":
                string prefix = AwsResponses.Text(arguments, "logGroupNamePrefix") ?? string.Empty;
                return JsonObject.Create(("logGroups", JsonArray.From(_groups
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(name => (JsonValue)JsonObject.Create(
                        ("logGroupName", name),
                        ("arn", $"arn:aws:logs:us-east-1:111111111111:log-group:{name}:*"),
                        ("logGroupArn", $"arn:aws:logs:us-east-1:111111111111:log-group:{name}"))))));
            case "put_resource_policy" or "put_retention_policy" or "tag_log_group":
                return JsonObject.Empty;
            default:
                return null;
        }
    }
}

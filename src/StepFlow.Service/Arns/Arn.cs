namespace StepFlow.Service.Arns;

/// <summary>The ARN of something of Step Functions, taken apart: <c>arn:partition:states:region:account:type:resource</c>.</summary>
/// <param name="Type">The resource type: <c>stateMachine</c>, <c>execution</c>, <c>express</c>, <c>activity</c>, <c>mapRun</c>.</param>
/// <param name="Resource">What follows the type.</param>
internal sealed record Arn(string Text, string Type, string Resource)
{
    public const string StateMachineType = "stateMachine";
    public const string ExecutionType = "execution";
    public const string ActivityType = "activity";
    public const string MapRunType = "mapRun";

    /// <summary>Reads an ARN.</summary>
    /// <param name="types">The resource types that the operation accepts.</param>
    /// <exception cref="ApiException"><c>InvalidArn</c>.</exception>
    public static Arn Parse(string text, params ReadOnlySpan<string> types)
    {
        string[] parts = text.Split(':', 7);
        if (parts[0] != "arn" || parts.Length < 6)
        {
            throw ApiErrors.InvalidArnPrefix(text);
        }

        if (parts[2] != "states")
        {
            throw ApiErrors.InvalidArn($"Service not valid in this context: {parts[2]}");
        }

        if (parts.Length < 7 || parts[6].Length == 0 || !types.Contains(parts[5]))
        {
            throw ApiErrors.InvalidArnResource(parts[5]);
        }

        return new(text, parts[5], parts[6]);
    }
}

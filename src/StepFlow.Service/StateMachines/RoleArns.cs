namespace StepFlow.Service.StateMachines;

/// <summary>Role ARNs. They are not used to call anything. They are stored, and shown in the context object and the history.</summary>
internal static class RoleArns
{
    /// <summary>Rejects a text that is not an ARN.</summary>
    /// <exception cref="ApiException"><c>InvalidArn</c>.</exception>
    public static string Check(string arn) => arn.StartsWith("arn:", StringComparison.Ordinal) ? arn : throw ApiErrors.InvalidArnPrefix(arn);
}

using StepFlow.Service.Errors;

namespace StepFlow.Service.StateMachines;

/// <summary>Role ARNs. Nothing is assumed through them here; they are kept, and shown in the context object and the history.</summary>
internal static class RoleArns
{
    /// <summary>Refuses what is no ARN.</summary>
    /// <exception cref="ApiException"><c>InvalidArn</c>.</exception>
    public static string Check(string arn) => arn.StartsWith("arn:", StringComparison.Ordinal) ? arn : throw ApiErrors.InvalidArnPrefix(arn);
}

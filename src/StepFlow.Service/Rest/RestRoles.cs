namespace StepFlow.Service.Rest;

/// <summary>The role of state machines. AWS's API requires it; through REST it may be left out.</summary>
internal static class RestRoles
{
    /// <summary>The member of requests.</summary>
    public const string Member = "roleArn";

    /// <summary>The role of a machine for which none is given.</summary>
    public static string Default(ArnFormat arns) => $"arn:aws:iam::{arns.Account}:role/stepflow";
}

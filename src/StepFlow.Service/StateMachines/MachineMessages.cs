namespace StepFlow.Service.StateMachines;

/// <summary>Texts about state machines, versions and aliases, worded as the service words them.</summary>
internal static class MachineMessages
{
    public const string DescriptionWithoutPublish = "Version description can only be set when publish is true";
    public const string NothingToUpdateInAlias = "Either the description or the routing configuration must be specified";

    public static string DistinctVersions(IEnumerable<string> arns) => $"Routing configuration must contain distinct state machine version ARNs. Received: [{string.Join(", ", arns)}]";

    public static string VersionsOnly(IEnumerable<string> arns) => $"Routing configuration must contain state machine version ARNs. Received: [{string.Join(", ", arns)}]";

    public static string OneMachine(IEnumerable<string> arns) => $"Routing configuration must contain versions of the same state machine. Received: [{string.Join(", ", arns)}]";

    public static string WeightSum(IEnumerable<int> weights) => $"Sum of routing configuration weights must equal 100. Received: [{string.Join(", ", weights)}]";
}

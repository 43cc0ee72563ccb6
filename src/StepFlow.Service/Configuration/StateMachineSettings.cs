namespace StepFlow.Service.Configuration;

/// <summary>State machines to create or update when a host starts: the section <c>StateMachines</c>.</summary>
public sealed class StateMachineSettings
{
    /// <summary>A folder of definitions, <c>NAME.asl.json</c> or <c>NAME.asl.yaml</c>; null for none on one machine, and for the app's <c>machines</c> on Azure. Relative to the configuration file.</summary>
    public string? Folder { get; set; }

    /// <summary>The names of the Express state machines.</summary>
    public HashSet<string> Express { get; init; } = [];

    /// <summary>The role ARN of these state machines.</summary>
    public string RoleArn { get; set; } = "arn:aws:iam::123456789012:role/stepflow";
}

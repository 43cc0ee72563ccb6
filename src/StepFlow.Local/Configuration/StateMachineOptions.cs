namespace StepFlow.Local.Configuration;

/// <summary>State machines to create or update when the server starts: the section <c>StateMachines</c> of the configuration file.</summary>
internal sealed class StateMachineOptions
{
    /// <summary>A folder of definitions, <c>NAME.asl.json</c> or <c>NAME.asl.yaml</c>; null for none. Relative to the configuration file.</summary>
    public string? Folder { get; set; }

    /// <summary>The names of those that are Express.</summary>
    public HashSet<string> Express { get; init; } = [];

    /// <summary>The role that they name.</summary>
    public string RoleArn { get; set; } = "arn:aws:iam::123456789012:role/stepflow";
}

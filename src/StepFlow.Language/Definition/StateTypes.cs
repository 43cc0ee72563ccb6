namespace StepFlow.Language.Definition;

/// <summary>The names of the state types, in the order in which the service lists them.</summary>
public static class StateTypes
{
    /// <summary>All eight.</summary>
    public static IReadOnlyList<string> All { get; } = ["Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"];
}

namespace StepFlow.Runtime.Configuration;

/// <summary>A setting that cannot be used.</summary>
/// <param name="Setting">The setting's path below <c>StepFlow</c>, parts separated by colons.</param>
/// <param name="Problem">The problem, as the end of a sentence that begins with the setting.</param>
public sealed record SettingProblem(string Setting, string Problem)
{
    /// <summary>The problem as a sentence.</summary>
    /// <param name="name">The setting, as the host's users write it.</param>
    public string Describe(string name) => $"{name} {Problem}{(Problem.EndsWith('?') ? string.Empty : ".")}";
}

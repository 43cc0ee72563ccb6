using StepFlow.Fuzzing.Tests.Targets;

namespace StepFlow.Fuzzing.Tests;

/// <summary>Every target.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. LanguageTargets.All, .. ItemTargets.All, .. FileTargets.All, .. RequestTargets.All];

    public static FuzzTarget Find(string name) => All.SingleOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"There is no target '{name}'. There are: {string.Join(", ", All.Select(static target => target.Name))}.", nameof(name));
}

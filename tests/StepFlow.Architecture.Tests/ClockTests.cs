using System.Diagnostics;
using System.Reflection;

namespace StepFlow.Architecture.Tests;

/// <summary>The time comes from a time provider that the caller passes in: only what puts programs together chooses the system's.</summary>
public sealed class ClockTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Registrations in containers, and the defaults of options.</summary>
    private static readonly string[] Roots =
    [
        "IntegrationsServiceCollectionExtensions", "VideoPipelineServiceCollectionExtensions", "StepFunctionsServiceCollectionExtensions", "FunctionsAppExtensions",
        "InMemoryOptions", "LocalHostOptions", "VirtualClock",
    ];

    [Fact]
    public void SystemClock_IsChosenOnlyByCompositionRoots() => Assert.Empty(
        Uses(static member => member is { Name: "get_System" } && member.DeclaringType == typeof(TimeProvider))
            .Where(static use => !IsRoot(use.Type))
            .Select(static use => use.Text));

    [Fact]
    public void Roots_Each_ChooseTheSystemClock()
    {
        string[] found = [.. Uses(static member => member is { Name: "get_System" } && member.DeclaringType == typeof(TimeProvider)).Select(static use => use.Type.Name)];

        Assert.DoesNotContain(Roots, root => !found.Contains(root));
    }

    [Fact]
    public void Clocks_WithoutATimeProvider_AreNotUsed() => Assert.Empty(Uses(IsClock).Select(static use => use.Text));

    private static bool IsRoot(Type type) => Roots.Contains(type.Name) || type.Namespace == "StepFlow.Local.Commands";

    private static IEnumerable<(Type Type, string Text)> Uses(Func<MemberInfo, bool> isMeant) => (
        from assembly in Repository.Assemblies.Select(Repository.Load)
        from type in assembly.GetTypes()
        let outer = Outer(type)
        where outer.Namespace?.StartsWith("StepFlow", StringComparison.Ordinal) == true
        from method in type.GetMembers(Everything).OfType<MethodBase>()
        from use in IlReader.Members(method)
        where isMeant(use.Member)
        select (outer, $"{outer.FullName}: {use.Member.DeclaringType?.Name}.{use.Member.Name}")).Distinct();

    private static Type Outer(Type type) => type.DeclaringType is { } outer ? Outer(outer) : type;

    private static bool IsClock(MemberInfo member) => (member.DeclaringType, member.Name) switch
    {
        ({ } type, "get_UtcNow" or "get_Now" or "get_Today") => type == typeof(DateTime) || type == typeof(DateTimeOffset),
        ({ } type, "get_TickCount" or "get_TickCount64") => type == typeof(Environment),
        ({ } type, "Sleep") => type == typeof(Thread),
        ({ } type, "CancelAfter") => type == typeof(CancellationTokenSource),
        ({ } type, "Delay" or "WaitAsync") when typeof(Task).IsAssignableFrom(type) => MeasuresTime((MethodBase)member),
        ({ } type, ".ctor") when type == typeof(CancellationTokenSource) || type == typeof(PeriodicTimer) || type == typeof(Timer) => MeasuresTime((MethodBase)member),
        ({ } type, _) => type == typeof(Stopwatch),
        _ => false,
    };

    /// <summary>Whether a method takes a time, and no clock that measures it.</summary>
    private static bool MeasuresTime(MethodBase method)
    {
        Type[] parameters = [.. method.GetParameters().Select(static parameter => parameter.ParameterType)];
        return parameters.Any(static type => type == typeof(TimeSpan) || type == typeof(int) || type == typeof(long) || type == typeof(uint)) && !parameters.Contains(typeof(TimeProvider));
    }
}

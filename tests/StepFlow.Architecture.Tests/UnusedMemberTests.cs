namespace StepFlow.Architecture.Tests;

/// <summary>Production code has no member that nothing uses, or that only tests use.</summary>
public sealed class UnusedMemberTests
{
    private static readonly string[] Exceptions =
    [
        // Serialized by the converter of Durable Functions.
        "ProgressStatus.", "StateInFlight.",

        // Data of definitions as they were written.
        "State.Comment", "StateMachineDefinition.Comment",

        // Tests compare them with a model, a standard or the documentation.
        "ComparisonOperator.All", "JsonataFunctionSet.Names", "SettingsCheck.Paths", "TextShape.Pattern",

        // The test suite of JSONata: $eval, the token of an error, the number of steps.
        "JsonataFunctionSet.WithEval", "JsonataError.Token", "JsonataResult.Steps",

        // Parts of an interface that functions, children or tests implement.
        "FunctionCall.Name", "MapRunChild.Index",

        // Short forms for tests.
        "LoadResult.IsSuccess", "StateMachineLoader.Load", "VirtualClock.RunAsync", "LocalHost.WaitingOnTimers",
    ];

    [Fact]
    public void Members_OfAllProjects_AreUsedByProductionCode() => Assert.DoesNotContain(
        new MemberUses(Repository.Assemblies.Select(Repository.Load)).Unused(),
        static member => !Exceptions.Any(known => member == known || (known.EndsWith('.') && member.StartsWith(known, StringComparison.Ordinal))));

    [Fact]
    public void Exceptions_Each_AreStillUnused()
    {
        string[] unused = [.. new MemberUses(Repository.Assemblies.Select(Repository.Load)).Unused()];

        Assert.DoesNotContain(Exceptions, known => !unused.Any(member => member.StartsWith(known, StringComparison.Ordinal)));
    }
}

using StepFlow.Conformance.Tests.Asl.Comparison;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>Kinds <c>api</c> and <c>interactive</c>: the calls of a client, one after the other.</summary>
internal static class ScriptCases
{
    public static Task<Difference?> RunAsync(CaseRun run) => run.World.Clock.RunAsync(() => new Script(run).RunAsync());
}

using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl.Scripts;

/// <summary>Kinds <c>api</c> and <c>interactive</c>: a script of calls, some of them at the same time.</summary>
internal static class ScriptCases
{
    public static Task<Difference?> RunAsync(CaseRun run) => run.World.Clock.RunAsync(() => new Script(run).RunAsync());
}

using StepFlow.Conformance.Tests.Asl.Comparison;
using StepFlow.Conformance.Tests.Asl.Scripts;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>How the cases of each kind are run.</summary>
internal static class CaseKinds
{
    /// <summary>The runner of a kind; null where there is none yet.</summary>
    public static Func<CaseRun, Task<Difference?>>? Find(string kind) => kind switch
    {
        "execution" => ExecutionCases.RunAsync,
        "create-error" => DefinitionCases.CreateErrorAsync,
        "validate" => DefinitionCases.ValidateAsync,
        "start-error" => DefinitionCases.StartErrorAsync,
        "test-state" => DefinitionCases.TestStateAsync,
        "logs" => ExecutionCases.RunAsync,
        "mocked" => MockedCases.RunAsync,
        "api" or "interactive" => ScriptCases.RunAsync,
        "express-sync" => ExpressCases.SyncAsync,
        "express-async" => ExpressCases.AsyncAsync,
        "events" => EventCases.RunAsync,
        _ => null,
    };
}

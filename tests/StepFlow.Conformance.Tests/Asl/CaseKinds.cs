using StepFlow.Conformance.Tests.Asl.Comparison;

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
        "mocked" or "logs" => ExecutionCases.RunAsync,
        "api" or "interactive" => ScriptCases.RunAsync,
        "express-sync" => ExpressCases.RunSyncAsync,
        _ => null,
    };
}

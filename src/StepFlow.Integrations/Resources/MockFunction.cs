using StepFlow.Integrations.Functions;

namespace StepFlow.Integrations.Resources;

/// <summary>Returns a fixed result.</summary>
internal sealed class MockFunction(string name, JsonValue result) : IFunctionHandler
{
    public string Name => name;

    public Task<FunctionResult> HandleAsync(FunctionCall call, CancellationToken cancellationToken) =>
        Task.FromResult<FunctionResult>(new FunctionSucceeded(result));
}

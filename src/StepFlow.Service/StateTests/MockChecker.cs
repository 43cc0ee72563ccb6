using StepFlow.Language;
using StepFlow.Language.Compilation;

namespace StepFlow.Service.StateTests;

/// <summary>Reads the mock of a request, and refuses one that does not fit the state.</summary>
internal static class MockChecker
{
    /// <summary>The mock; null for none.</summary>
    /// <exception cref="ApiException"><c>ValidationException</c>, <c>InvalidDefinition</c>.</exception>
    public static StateMock? Check(JsonObject request, CompiledState state)
    {
        if (request.Object("mock") is not { } given)
        {
            Require(request, state);
            return null;
        }

        if (state is not (CompiledTask or CompiledMap or CompiledParallel))
        {
            throw ApiErrors.Validation(StateTestMessages.NoMockFor(state.GetType().Name["Compiled".Length..]));
        }

        if (request.Boolean("revealSecrets") == true)
        {
            throw ApiErrors.Validation(StateTestMessages.NoSecretsOfMock);
        }

        string? text = given.Text("result");
        JsonObject? error = given.Object("errorOutput");
        if (text is null == error is null)
        {
            throw ApiErrors.Validation(text is null ? StateTestMessages.MockNeither : StateTestMessages.MockBoth);
        }

        if (text is null)
        {
            return new(null, error!.Text("error"), error!.Text("cause"));
        }

        JsonValue result = JsonValue.ParseOrNull(text) ?? throw ApiErrors.Validation(StateTestMessages.MockNotJson);
        switch (state)
        {
            case CompiledParallel parallel when result is not JsonArray branches || branches.Count != parallel.Branches.Count:
                throw ApiErrors.Validation(result is JsonArray ? StateTestMessages.BranchCount : StateTestMessages.MockNotArray);
            case CompiledMap { ResultWriter: null } when result is not JsonArray:
                throw ApiErrors.Validation(StateTestMessages.MockNotArray);
            case CompiledMap { ResultWriter: not null } when result is not JsonObject:
                throw ApiErrors.Validation(StateTestMessages.MockNotObject);
            case CompiledTask task when given.Text("fieldValidationMode") != "NONE":
                ResultSchemas.Check(task.Resource, result, isStrict: given.Text("fieldValidationMode") != "PRESENT");
                break;
        }

        return new(result, null, null);
    }

    /// <summary>Refuses a request without a mock where the state needs one, and a role where it needs that.</summary>
    private static void Require(JsonObject request, CompiledState state)
    {
        switch (state)
        {
            case CompiledMap or CompiledParallel:
                throw new ApiException(new(ErrorCodes.InvalidDefinition, StateTestMessages.MapOrParallel));
            case CompiledTask { Resource: { Kind: TaskResourceKind.Activity } or { Pattern: not TaskPattern.RequestResponse } }:
                throw ApiErrors.Validation(StateTestMessages.MockNeeded);
            case CompiledTask when request.Text("roleArn") is null:
                throw ApiErrors.Validation(StateTestMessages.RoleMissing);
        }

        if (request.Text("context") is not null)
        {
            throw ApiErrors.Validation(StateTestMessages.ContextWithoutMock);
        }
    }
}

using StepFlow.Language.Json;
using StepFlow.Service;

namespace StepFlow.Conformance.Tests.Asl;

/// <summary>A failure as the recorded tests' client throws it.</summary>
internal static class ClientException
{
    public static JsonObject Of(string operation, ApiResult result) => result.Error is { } error
        ? JsonObject.Create(
            ("exception_typename", error.Code),
            ("exception_value", Message(operation, error.Code, error.Message)))
        : JsonObject.Create(("response", result.Response!));

    public static string Message(string operation, string code, string message) =>
        $"An error occurred ({code}) when calling the {operation} operation: {message}";
}

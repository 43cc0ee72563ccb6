using StepFlow.Language.Json;

namespace StepFlow.Conformance.Tests.Asl.Doubles;

/// <summary>What a function returned.</summary>
/// <param name="Payload">The payload; of a failure, its description.</param>
/// <param name="ErrorType">The error's class; null where it did not fail.</param>
internal sealed record LambdaResult(JsonValue Payload, string? ErrorType);

using StepFlow.Language.Json;

namespace StepFlow.Execution;

/// <summary>Compares payloads with a quota; measures nothing where there is none.</summary>
internal static class PayloadSize
{
    public static bool Utf8LengthExceeds(this JsonValue value, int? most) => most is { } bytes && value.Utf8Length > bytes;
}

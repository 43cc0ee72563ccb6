using System.Text.Json.Serialization;

namespace StepFlow.Functions.Storage;

/// <summary>The messages that the app serializes itself. Durable Functions serializes its messages with its own converter.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ExpressMessage))]
internal sealed partial class FunctionsJsonContext : JsonSerializerContext;

using StepFlow.Language.Json;

namespace StepFlow.Benchmarks.Jsonata;

/// <summary>An expression and what it is evaluated on.</summary>
/// <param name="Name">The figure's name.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Input">The input.</param>
internal sealed record JsonataCase(string Name, string Expression, JsonValue Input);

namespace StepFlow.Language.Intrinsics;

/// <summary>The inputs of a function besides its arguments.</summary>
internal readonly record struct FunctionContext(Entropy Entropy, Limits Limits);

using StepFlow.Language.Evaluation;

namespace StepFlow.Language.Intrinsics;

/// <summary>What a function may use beside its arguments.</summary>
internal readonly record struct FunctionContext(Entropy Entropy, Limits Limits);

namespace StepFlow.Language.Intrinsics;

/// <summary>Why a function has no value.</summary>
/// <param name="IsMissingPath">Whether an argument's path selected nothing, which fails under another name.</param>
internal sealed record IntrinsicFault(string Message, bool IsMissingPath);

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The limits of one evaluation (<see cref="JsonataLimits"/> explains them).</summary>
internal readonly record struct Budget(int MaxDepth, long MaxSteps, long MaxValueBytes, long MaxRange, long MaxMemory);

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>The limits of one evaluation; what each means is said where they are set.</summary>
internal readonly record struct Budget(int MaxDepth, long MaxSteps, long MaxValueBytes, long MaxRange, long MaxMemory);

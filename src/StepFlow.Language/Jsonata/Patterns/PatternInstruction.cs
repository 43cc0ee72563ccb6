namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>One instruction of a compiled pattern. The meaning of the operands depends on the operation.</summary>
internal readonly record struct PatternInstruction(PatternOperation Operation, int First = 0, int Second = 0)
{
    public CharacterSet? Characters { get; init; }

    /// <summary>Whether it reads characters backwards, within a look-behind.</summary>
    public bool Backward { get; init; }
}

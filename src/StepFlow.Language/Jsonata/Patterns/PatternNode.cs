namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>The parts of a regular expression, as written.</summary>
internal abstract record PatternNode
{
    /// <summary>A character of a set, or one that is not in it.</summary>
    public sealed record Set(CharacterSet Characters) : PatternNode;

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    public sealed record Alternatives(IReadOnlyList<PatternNode> Choices) : PatternNode;

    public sealed record Group(int Index, PatternNode Body) : PatternNode;

    /// <summary>A repetition. The groups from First up to Last are inside it, and each repetition resets them.</summary>
    public sealed record Repeat(PatternNode Body, int Min, int Max, bool Greedy, int FirstGroup, int LastGroup) : PatternNode;

    public sealed record Look(PatternNode Body, bool Behind, bool Negative) : PatternNode;

    public sealed record Anchor(PatternOperation Operation) : PatternNode;

    public sealed record BackReference(int Index, string? Name) : PatternNode;
}

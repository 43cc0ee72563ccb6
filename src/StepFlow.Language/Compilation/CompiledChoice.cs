namespace StepFlow.Language.Compilation;

/// <summary>A Choice state (Amazon States Language, "Choice State").</summary>
public sealed class CompiledChoice() : CompiledState(StateKind.Choice)
{
    /// <summary>The rules, in order; the first that matches decides.</summary>
    public required IReadOnlyList<CompiledChoiceRule> Rules { get; init; }

    /// <summary>Where to go when no rule matches; null fails the state.</summary>
    public CompiledState? Default { get; internal set; }
}

/// <summary>One rule of a Choice.</summary>
public sealed class CompiledChoiceRule
{
    /// <summary>Whether the rule matches.</summary>
    public required Field<bool> Condition { get; init; }

    /// <summary>The output data flow when this rule matches: the rule's own Output and Assign, or the state's.</summary>
    public required StateData Data { get; init; }

    /// <summary>Where to go.</summary>
    public CompiledState Next { get; internal set; } = null!;
}

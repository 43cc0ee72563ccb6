namespace StepFlow.Language.Definition;

/// <summary>The part of a state that decides for a transition.</summary>
public enum TransitionKind
{
    /// <summary>The state ended: <c>Next</c>.</summary>
    Next,

    /// <summary>A rule of a Choice matched.</summary>
    Choice,

    /// <summary>No rule of a Choice matched: <c>Default</c>.</summary>
    Default,

    /// <summary>A catcher caught an error.</summary>
    Catch,
}

namespace StepFlow.Language.Compilation;

/// <summary>What becomes of a state's raw input when the state has its result.</summary>
public enum InputUse
{
    /// <summary>Nothing: the result takes its place.</summary>
    Dropped,

    /// <summary>It leaves the state as it came.</summary>
    PassedOn,

    /// <summary>Its content is needed: the result becomes a part of it, or an expression reads it.</summary>
    Read,
}

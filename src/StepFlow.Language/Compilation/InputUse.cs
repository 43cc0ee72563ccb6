namespace StepFlow.Language.Compilation;

/// <summary>What becomes of a state's raw input when the state has its result.</summary>
public enum InputUse
{
    /// <summary>The input is replaced by the result.</summary>
    Dropped,

    /// <summary>The input leaves the state unchanged.</summary>
    PassedOn,

    /// <summary>The content of the input is needed: the result becomes a part of it, or an expression reads it.</summary>
    Read,
}
